/** A module as the 15.0 database has it installed. */
export interface WorkshopModule {
  readonly name: string
  readonly version: string
  readonly title: string
  readonly summary: string
  readonly depends: readonly string[]
}

/** The installed modules; what their manifests in `examples/bicycle-workshop/15.0` say. */
export const WORKSHOP_MODULES: readonly WorkshopModule[] = [
  { name: 'base', version: '15.0.1.3', title: 'Base', summary: '', depends: [] },
  {
    name: 'workshop',
    version: '15.0.1.4.0',
    title: 'Bicycle Workshop',
    summary: 'Jobs on bicycles, with services and prices',
    depends: ['base'],
  },
  {
    name: 'workshop_booking',
    version: '15.0.1.1.0',
    title: 'Workshop Bookings',
    summary: 'Appointments for customers and their bicycles',
    depends: ['workshop'],
  },
  {
    name: 'workshop_pickup',
    version: '15.0.1.0.0',
    title: 'Workshop Pickup',
    summary: 'Bicycles are fetched at the door',
    depends: ['workshop_booking'],
  },
  {
    name: 'workshop_pricelist',
    version: '15.0.1.0.0',
    title: 'Workshop Price Lists',
    summary: 'Other prices for some customers',
    depends: ['workshop'],
  },
  {
    name: 'workshop_stamps',
    version: '15.0.1.0.2',
    title: 'Workshop Stamp Cards',
    summary: 'The tenth tune-up is free',
    depends: ['workshop'],
  },
]
