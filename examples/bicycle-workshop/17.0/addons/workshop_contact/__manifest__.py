{
    "name": "Workshop Contacts",
    "version": "17.0.1.1.0",
    "category": "Services",
    "summary": "First and last names, streets and house numbers of customers",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": [],
}
