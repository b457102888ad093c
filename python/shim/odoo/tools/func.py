"""Small helpers around functions and attributes."""

import functools


class lazy_property:  # noqa: N801
    """An attribute that is computed when it is first read, and kept on the instance."""

    def __init__(self, fget):
        self.fget = fget
        functools.update_wrapper(self, fget)

    def __get__(self, instance, cls):
        if instance is None:
            return self
        value = self.fget(instance)
        instance.__dict__[self.fget.__name__] = value
        return value

    @staticmethod
    def reset_all(instance):
        """Forgets every kept value of the instance."""
        for name in [n for n, v in vars(type(instance)).items() if isinstance(v, lazy_property)]:
            instance.__dict__.pop(name, None)


class _ClassProperty(property):
    def __get__(self, instance, cls=None):
        return self.fget.__get__(None, cls)()


def classproperty(function):
    """A property of the class itself."""
    return _ClassProperty(classmethod(function))


def conditional(condition, decorator):
    """The decorator when the condition holds, otherwise one that does nothing."""
    return decorator if condition else lambda function: function


def compose(a, b):
    """A function that calls `a` with what `b` answers."""

    @functools.wraps(b)
    def wrapper(*args, **kwargs):
        return a(b(*args, **kwargs))

    return wrapper


def filter_kwargs(func, kwargs):
    """Those of the keyword arguments that the function takes."""
    import inspect

    parameters = inspect.signature(func).parameters
    if any(p.kind == p.VAR_KEYWORD for p in parameters.values()):
        return dict(kwargs)
    return {name: value for name, value in kwargs.items() if name in parameters}


class lazy:  # noqa: N801
    """A value that is computed when somebody looks at it."""

    __slots__ = ("_function", "_args", "_kwargs", "_done")

    def __init__(self, func, *args, **kwargs):
        object.__setattr__(self, "_function", func)
        object.__setattr__(self, "_args", args)
        object.__setattr__(self, "_kwargs", kwargs)
        object.__setattr__(self, "_done", None)

    @property
    def _value(self):
        if self._done is None:
            object.__setattr__(self, "_done", (self._function(*self._args, **self._kwargs),))
        return self._done[0]

    def __getattr__(self, name):
        return getattr(self._value, name)

    def __str__(self):
        return str(self._value)

    __repr__ = __str__

    def __bool__(self):
        return bool(self._value)

    def __len__(self):
        return len(self._value)

    def __iter__(self):
        return iter(self._value)

    def __getitem__(self, key):
        return self._value[key]

    def __contains__(self, key):
        return key in self._value

    def __eq__(self, other):
        return self._value == (other._value if isinstance(other, lazy) else other)

    def __hash__(self):
        return hash(self._value)

    def __call__(self, *args, **kwargs):
        return self._value(*args, **kwargs)
