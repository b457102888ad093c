"""The environment: cursor, user and context in which recordsets work."""

from collections.abc import Mapping
from contextlib import contextmanager

import moultg

from odoo._guest.containers import frozendict
from odoo._records.registry import Registry
from odoo._records.transaction import transaction_of
from odoo.release import version_info

SUPERUSER_ID = 1


class Environment(Mapping):
    """
    `env["res.partner"]` is the empty recordset of a model; KeyError when the database has no such
    model. Environments with the same cursor, user and context are one object.
    """

    def __new__(cls, cr, uid, context, su=False):
        transaction = transaction_of(cr)
        context = context if isinstance(context, frozendict) else frozendict(context or {})
        key = (uid, context, bool(su) or uid == SUPERUSER_ID)
        try:
            env = transaction.environments.get(key)
        except TypeError:  # a context value without a hash is nobody else's
            key, env = None, None
        if env is not None:
            return env
        env = object.__new__(cls)
        env.cr, env.uid, env.context = cr, uid, context
        env.su = bool(su) or uid == SUPERUSER_ID
        env.transaction = transaction
        env._keywords = None
        if key is not None:
            transaction.environments[key] = env
        return env

    args = property(lambda self: (self.cr, self.uid, self.context))

    def __getitem__(self, model_name):
        return self.transaction.model_class(model_name)._make(self, (), None)

    def __contains__(self, model_name):
        return self.transaction.knows(model_name)

    def get(self, model_name, default=None):
        return self[model_name] if model_name in self else default

    def __iter__(self):
        return iter(self.transaction.model_names())

    def __len__(self):
        return len(self.transaction.model_names())

    def __bool__(self):
        return True

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return object.__hash__(self)

    def __call__(self, cr=None, user=None, context=None, su=None):
        """The same environment with parts replaced."""
        uid = self.uid if user is None else int(user)
        if context is None:
            context = self.context
        if su is None:
            su = user is None and self.su
        return Environment(self.cr if cr is None else cr, uid, context, su)

    def keywords(self):
        """What the host's record operations need to know, as sorted pairs that can be a key."""
        if self._keywords is None:
            pairs = [("uid", self.uid)]
            if self.context.get("lang"):
                pairs.append(("lang", self.context["lang"]))
            if "active_test" in self.context:
                pairs.append(("active_test", bool(self.context["active_test"])))
            companies = self.context.get("allowed_company_ids")
            if companies:
                pairs.append(("company", companies[0]))
            elif self.context.get("force_company"):
                pairs.append(("company", self.context["force_company"]))
            self._keywords = tuple(sorted(pairs))
        return self._keywords

    def ask(self, op, *args, **keywords):
        """The host's answer to a record operation in this environment."""
        return self.transaction.ask(op, *args, **dict(self.keywords(), **keywords))

    def ref(self, xml_id, raise_if_not_found=True):
        """The record of an external identifier; ValueError, or None when that is asked for."""
        if not xml_id:
            found = None
        else:
            found = self.transaction.ask("orm.ref", [xml_id])[0]
        if found is not None:
            return self[found[0]].browse(found[1])
        if raise_if_not_found:
            raise ValueError("External ID not found in the system: %s" % xml_id)
        return None

    @property
    def user(self):
        return self(su=True)["res.users"].browse(self.uid)

    @property
    def company(self):
        """The first company of the context, or the user's."""
        companies = self.context.get("allowed_company_ids")
        if companies:
            return self["res.company"].browse(companies[0])
        return self.user.company_id.with_env(self)

    @property
    def companies(self):
        """The companies of the context, or the user's."""
        companies = self.context.get("allowed_company_ids")
        if companies:
            return self["res.company"].browse(companies)
        return self.user.company_ids.with_env(self)

    @property
    def lang(self):
        return self.context.get("lang") or None

    @property
    def registry(self):
        return Registry(self.cr.dbname, self.cr)

    @property
    def cache(self):
        return self.transaction.cache

    @property
    def all(self):
        return self.transaction

    def is_superuser(self):
        return self.su

    def is_admin(self):
        return self.su or self.uid == self.transaction.ask("orm.ref", ["base.user_admin"])[0][1]

    is_system = is_admin

    def clear(self):
        """Drops cached values and held-back writes."""
        self.transaction.clear()

    @contextmanager
    def norecompute(self):
        """Computed fields are not recomputed here anyway."""
        yield

    def add_to_compute(self, field, records):
        raise moultg.NeedsNativeOrm(records._name, "add_to_compute")

    if version_info[0] >= 16:

        def flush_all(self):
            """Sends every write that is held back."""
            self.transaction.flush()

        def invalidate_all(self, flush=True):
            """Drops cached values, after sending what is held back (or dropping that too)."""
            if flush:
                self.transaction.flush()
            self.transaction.clear()

    if version_info[0] >= 18:

        def execute_query(self, query):
            """All rows of an `odoo.tools.SQL`, as tuples."""
            self.cr.execute(query)
            return self.cr.fetchall()

        def execute_query_dict(self, query):
            """All rows of an `odoo.tools.SQL`, as dicts."""
            self.cr.execute(query)
            return self.cr.dictfetchall()

        def _(self, source, *args, **kwargs):
            """The text with its placeholders filled, in English."""
            return source % (args or kwargs) if args or kwargs else source

    if version_info[0] < 17:

        @classmethod
        @contextmanager
        def manage(cls):
            """Does nothing; scripts up to 14.0 had to open an environment in it."""
            yield


moultg.register_encoder(Environment, "env", lambda env: moultg.encode(dict(env.context)))
