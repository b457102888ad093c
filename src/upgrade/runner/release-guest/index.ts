/** The release's own code, for what moult's loader and the scripts' host cannot do without it. */
export { openReleaseGuest, type ReleaseGuestGiven } from './open-release-guest.js'
export { ReleaseGuest, type ReleaseGuestParts, type ReleaseOrm } from './release-guest.js'
