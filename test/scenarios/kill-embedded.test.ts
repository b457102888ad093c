import { killSuite } from '../support/kill-suite.js'

killSuite('embedded')
