import { killSuite } from '../support/kill-suite.js'
import { mendedScriptTests } from '../support/mended-script.js'

killSuite('embedded', mendedScriptTests)
