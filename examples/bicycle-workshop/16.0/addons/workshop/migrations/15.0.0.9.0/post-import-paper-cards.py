"""From the time before 15.0.1.0.0: it ran long ago and must not run again."""


def migrate(cr, version):
    cr.execute("DELETE FROM workshop_repair")
