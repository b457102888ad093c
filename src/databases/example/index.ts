/** Small invented businesses, for the demo, the manual and tests. */
export { createExample } from './create-example.js'
export { WORKSHOP_COUNTS } from './workshop/business-rows.js'
export { createWorkshop } from './workshop/create-workshop.js'
export { WORKSHOP_MODULES, type WorkshopModule } from './workshop/workshop-modules.js'
