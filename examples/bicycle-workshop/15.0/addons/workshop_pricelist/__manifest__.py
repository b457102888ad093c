{
    "name": "Workshop Price Lists",
    "version": "15.0.1.0.0",
    "category": "Services",
    "summary": "Other prices for some customers",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
