"""The reference: the release's own server code on CPython, psycopg2 and lxml, without a guest or a host.

``python3 reference.py TASK ANSWER``: two files of JSON. The database is named by PG* variables; nothing that is
done to it is committed.
"""

import json
import os
import socket
import sys

_connect = socket.socket.connect


def refuse(self, address):
    """As in a guest: there is no network."""
    if self.family == socket.AF_UNIX:
        return _connect(self, address)
    raise OSError("The comparison has no network")


def main(task, answer):
    with open(task, encoding="utf-8") as stream:
        fields = json.load(stream)
    sys.path[:0] = [fields["odoo"], *fields["cases"]]
    os.environ["ODOO_RC"] = os.path.join(fields["data"], "none.conf")
    socket.socket.connect = refuse

    import odoo
    from moult_comparison import all_cases
    from odoo.tools import config

    config.parse_config(["--data-dir", fields["data"], "--addons-path", ",".join(fields["addons"])])
    config.filestore = lambda database: fields["filestore"]
    config["workers"] = config["max_cron_threads"] = 0
    registry = odoo.modules.registry.Registry.new(os.environ["PGDATABASE"])
    with registry.cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.SUPERUSER_ID, {})
        groups = all_cases.run(env, fields["measures"])
        cursor.rollback()
    import lxml.etree

    with open(answer, "w", encoding="utf-8") as stream:
        json.dump({"lxml": lxml.etree.__file__, "groups": groups}, stream)


if __name__ == "__main__":
    main(*sys.argv[1:3])
