/** The Python packages that a release of Odoo imports: which, where they are found, and fetching them. */
export { type AddPackagesOptions, addPackages } from './add-packages.js'
export {
  type FindPackagesOptions,
  findPackages,
} from './find-packages.js'
export type { FoundPackage, FoundPackages, PackageKind, PackageOrigin } from './found-packages.js'
export { type MissingPackagesOptions, missingPackages } from './missing-packages.js'
export type { CachedPackage, PackageCache } from './package-cache.js'
export { type PackageNeed, packageNeeds } from './package-needs.js'
