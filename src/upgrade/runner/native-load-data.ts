import { deferLoadData, type LoadData } from '../../scripts/helpers/index.js'
import type { NativeModules } from './native-modules.js'

/** Imports data files of scripts by moult's own loader; files to be changed before are left to who defers. */
export function nativeLoadData(native: NativeModules): LoadData {
  return {
    async load(given, context) {
      const path = await context.files?.find(given.module, given.file)
      if (path === undefined || given.transformation !== undefined) {
        await deferLoadData.load(given, context)
        return
      }
      const { module, file, mode } = given
      await native.importFile(
        {
          ...{ module, path: file, file: path },
          mode: mode === 'update' ? 'update' : 'init',
          onlyExisting: mode === 'init_no_create',
        },
        { session: context.session, addFinding: (finding) => context.findings.add(finding) },
      )
    },
  }
}
