{
    "name": "Workshop Price Lists",
    "version": "16.0.1.1.0",
    "category": "Services",
    "summary": "Other prices for some customers",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop"],
    "data": [],
}
