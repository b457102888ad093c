/** A model of the example database; its columns say the rest. */
export interface WorkshopModel {
  readonly model: string
  readonly module: string
  readonly title: string
  readonly order?: string
  readonly transient?: true
}

/** Models with a table each, in the order in which their modules are loaded. */
export const WORKSHOP_MODELS: readonly WorkshopModel[] = [
  { model: 'ir.model', module: 'base', title: 'Models', order: 'model' },
  { model: 'ir.model.fields', module: 'base', title: 'Fields', order: 'name' },
  {
    model: 'ir.model.fields.selection',
    module: 'base',
    title: 'Fields Selection',
    order: 'sequence, id',
  },
  { model: 'ir.model.data', module: 'base', title: 'Model Data', order: 'module, model, name' },
  { model: 'ir.model.constraint', module: 'base', title: 'Model Constraint' },
  { model: 'ir.model.relation', module: 'base', title: 'Relation Model' },
  { model: 'ir.model.access', module: 'base', title: 'Model Access', order: 'model_id, name, id' },
  { model: 'ir.module.category', module: 'base', title: 'Application', order: 'name' },
  { model: 'ir.module.module', module: 'base', title: 'Module', order: 'sequence, name' },
  { model: 'ir.module.module.dependency', module: 'base', title: 'Module dependency' },
  { model: 'ir.module.module.exclusion', module: 'base', title: 'Module exclusion' },
  { model: 'ir.config_parameter', module: 'base', title: 'System Parameter', order: 'key' },
  { model: 'ir.default', module: 'base', title: 'Default Values' },
  { model: 'ir.property', module: 'base', title: 'Company Property' },
  { model: 'ir.ui.view', module: 'base', title: 'View', order: 'priority, name, id' },
  { model: 'ir.filters', module: 'base', title: 'Filters', order: 'model_id, name, id desc' },
  { model: 'ir.exports', module: 'base', title: 'Exports', order: 'name' },
  { model: 'ir.exports.line', module: 'base', title: 'Exports Line' },
  { model: 'ir.attachment', module: 'base', title: 'Attachment', order: 'id desc' },
  { model: 'ir.sequence', module: 'base', title: 'Sequence', order: 'name' },
  { model: 'ir.cron', module: 'base', title: 'Scheduled Actions', order: 'cron_name' },
  { model: 'res.currency', module: 'base', title: 'Currency', order: 'active desc, name' },
  { model: 'res.country', module: 'base', title: 'Country', order: 'name' },
  { model: 'res.lang', module: 'base', title: 'Languages', order: 'active desc, name' },
  { model: 'res.company', module: 'base', title: 'Companies', order: 'sequence, name' },
  { model: 'res.groups', module: 'base', title: 'Access Groups', order: 'name' },
  { model: 'res.partner', module: 'base', title: 'Contact', order: 'display_name' },
  { model: 'res.users', module: 'base', title: 'Users', order: 'login' },
  { model: 'workshop.service', module: 'workshop', title: 'Service', order: 'name' },
  { model: 'workshop.bicycle', module: 'workshop', title: 'Bicycle', order: 'name, id' },
  { model: 'workshop.tag', module: 'workshop', title: 'Tag', order: 'name' },
  { model: 'workshop.job', module: 'workshop', title: 'Job', order: 'received_on desc, id desc' },
  { model: 'workshop.job.line', module: 'workshop', title: 'Job Line' },
  {
    model: 'workshop.booking',
    module: 'workshop_booking',
    title: 'Booking',
    order: 'starts_at desc, id',
  },
  {
    model: 'workshop.booking.reminder',
    module: 'workshop_booking',
    title: 'Booking Reminder',
    transient: true,
  },
  { model: 'workshop.pickup', module: 'workshop_pickup', title: 'Pickup' },
  { model: 'workshop.pricelist', module: 'workshop_pricelist', title: 'Price List', order: 'name' },
  { model: 'workshop.pricelist.item', module: 'workshop_pricelist', title: 'Price List Item' },
  { model: 'workshop.stamp.card', module: 'workshop_stamps', title: 'Stamp Card', order: 'name' },
]

/** Columns that hold one of a few values, with their labels. */
export const WORKSHOP_SELECTIONS: readonly (readonly [
  model: string,
  field: string,
  values: readonly (readonly [value: string, label: string])[],
])[] = [
  [
    'res.partner',
    'type',
    [
      ['contact', 'Contact'],
      ['invoice', 'Invoice Address'],
    ],
  ],
  [
    'workshop.service',
    'category',
    [
      ['tune', 'Tune-up'],
      ['repair', 'Repair'],
      ['wash', 'Wash'],
      ['fit', 'Fitting'],
    ],
  ],
  [
    'workshop.bicycle',
    'kind',
    [
      ['city', 'City'],
      ['road', 'Road'],
      ['cargo', 'Cargo'],
      ['electric', 'Electric'],
    ],
  ],
  [
    'workshop.job',
    'state',
    [
      ['new', 'New'],
      ['wip', 'In Work'],
      ['ok', 'Ready'],
      ['gone', 'Returned'],
      ['void', 'Void'],
    ],
  ],
  [
    'workshop.booking',
    'state',
    [
      ['asked', 'Asked'],
      ['fixed', 'Confirmed'],
      ['off', 'Cancelled'],
    ],
  ],
]

/** Columns whose texts are translated. */
export const WORKSHOP_TRANSLATED: readonly (readonly [model: string, field: string])[] = [
  ['ir.model', 'name'],
  ['ir.model.fields', 'field_description'],
  ['ir.model.fields', 'help'],
  ['ir.model.fields.selection', 'name'],
  ['ir.module.category', 'name'],
  ['ir.module.module', 'shortdesc'],
  ['ir.module.module', 'summary'],
  ['ir.module.module', 'description'],
  ['ir.ui.view', 'arch_db'],
  ['res.country', 'name'],
  ['res.groups', 'name'],
  ['workshop.service', 'name'],
  ['workshop.service', 'description'],
  ['workshop.tag', 'name'],
  ['workshop.pricelist', 'name'],
]

/** Fields that no column shows. */
export const WORKSHOP_LISTS: readonly {
  readonly model: string
  readonly name: string
  readonly type: 'one2many' | 'many2many' | 'many2one'
  readonly relation: string
  readonly module: string
  readonly inverse?: string
  readonly table?: readonly [table: string, own: string, other: string]
}[] = [
  {
    model: 'workshop.job',
    name: 'line_ids',
    type: 'one2many',
    relation: 'workshop.job.line',
    inverse: 'job_id',
    module: 'workshop',
  },
  {
    model: 'workshop.job',
    name: 'tag_ids',
    type: 'many2many',
    relation: 'workshop.tag',
    table: ['workshop_job_tag_rel', 'job_id', 'tag_id'],
    module: 'workshop',
  },
  {
    model: 'res.partner',
    name: 'bicycle_ids',
    type: 'one2many',
    relation: 'workshop.bicycle',
    inverse: 'owner_id',
    module: 'workshop',
  },
  {
    model: 'res.users',
    name: 'company_ids',
    type: 'many2many',
    relation: 'res.company',
    table: ['res_company_users_rel', 'user_id', 'cid'],
    module: 'base',
  },
  {
    model: 'workshop.booking',
    name: 'pickup_ids',
    type: 'one2many',
    relation: 'workshop.pickup',
    inverse: 'booking_id',
    module: 'workshop_pickup',
  },
  {
    model: 'workshop.pricelist',
    name: 'item_ids',
    type: 'one2many',
    relation: 'workshop.pricelist.item',
    inverse: 'pricelist_id',
    module: 'workshop_pricelist',
  },
  {
    model: 'res.partner',
    name: 'property_workshop_pricelist_id',
    type: 'many2one',
    relation: 'workshop.pricelist',
    module: 'workshop_pricelist',
  },
]
