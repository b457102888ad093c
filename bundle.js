// Joins the modules of the command line into few files, as Node takes longer to load many: the last part of
// `npm run build`. Packages stay outside.
import { isBuiltin } from 'node:module'
import { rolldown } from 'rolldown'

const bundle = await rolldown({
  input: 'dist/cli/main.js',
  platform: 'node',
  external: (name) => isBuiltin(name) || /^[^./]/.test(name),
})
await bundle.write({ dir: 'dist/bin', cleanDir: true, format: 'esm', sourcemap: true })
await bundle.close()
