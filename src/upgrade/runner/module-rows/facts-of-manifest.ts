import type { Manifest } from '../../../odoo/addons/index.js'
import type { ModuleFacts } from './module-facts.js'

/** A manifest's descriptions as the list update stores them: an empty summary or description is a text, others are NULL. */
export function factsOf(manifest: Manifest): ModuleFacts {
  return {
    shortdesc: manifest.name,
    summary: manifest.summary,
    description: manifest.description,
    author: manifest.author || false,
    maintainer: manifest.maintainer || false,
    contributors: manifest.contributors.join(', ') || false,
    website: manifest.website || false,
    license: manifest.license,
    icon: manifest.icon || false,
    url: manifest.url || false,
    sequence: manifest.sequence,
    application: manifest.application,
  }
}
