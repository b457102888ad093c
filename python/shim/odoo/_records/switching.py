"""The same records in another environment."""

from odoo._guest.containers import frozendict
from odoo._records.prefetch import Prefetch


class Switching:
    """`with_context`, `with_user`, `sudo`, `with_company`, `with_env`, `with_prefetch`."""

    __slots__ = ()

    def with_env(self, env):
        return self._make(env, self._ids, self._prefetch)

    def with_context(self, *args, **kwargs):
        """With the given dict as context, or with keys added to the present one."""
        context = dict(args[0] if args else self.env.context, **kwargs)
        if args and "allowed_company_ids" not in context and "allowed_company_ids" in self.env.context:
            context["allowed_company_ids"] = self.env.context["allowed_company_ids"]
        return self.with_env(self.env(context=frozendict(context)))

    def with_user(self, user):
        """As that user, with that user's rights."""
        if not user:
            return self
        return self.with_env(self.env(user=user, su=False))

    def sudo(self, flag=True):
        """With all rights; up to 12.0 the argument was a user."""
        if not isinstance(flag, bool):
            return self.with_user(flag)
        return self if flag == self.env.su else self.with_env(self.env(su=flag))

    def with_company(self, company):
        """With that company as the current one."""
        if not company:
            return self
        company_id = int(company)
        allowed = list(self.env.context.get("allowed_company_ids") or [])
        if allowed and allowed[0] == company_id:
            return self
        allowed = [company_id] + [one for one in allowed if one != company_id]
        return self.with_context(allowed_company_ids=tuple(allowed))

    def with_prefetch(self, prefetch_ids=None):
        """What is read of one record is read of these."""
        return self._make(self.env, self._ids, None if prefetch_ids is None else Prefetch(tuple(prefetch_ids)))
