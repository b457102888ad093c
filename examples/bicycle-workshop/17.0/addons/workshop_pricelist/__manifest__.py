{
    "name": "Workshop Price Lists",
    "version": "17.0.2.0.0",
    "category": "Services",
    "summary": "Other prices for some customers, in euros",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
