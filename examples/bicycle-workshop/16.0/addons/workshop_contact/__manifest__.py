{
    "name": "Workshop Contacts",
    "version": "16.0.1.0.0",
    "category": "Services",
    "summary": "First and last names of customers",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": [],
}
