{
    "name": "Workshop Greetings",
    "version": "17.0.1.0.0",
    "category": "Services",
    "summary": "Members are greeted by their first names",
    "author": "Spoke & Saddle",
    "license": "LGPL-3",
    "depends": ["workshop_contact", "workshop_loyalty"],
    "data": [],
    "auto_install": True,
}
