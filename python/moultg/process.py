"""The guest as a process of its own: frames of JSON over one inherited socket."""

import os
import signal
import struct
import sys

from . import commands, transport

_LENGTH = struct.Struct(">I")

# Marks the frame that ends a command; every other one is a question.
_OUTCOME = "outcome "


class Channel:
    """Frames: four bytes of length, big-endian, then JSON in UTF-8."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._busy = False
        self._interrupted = False

    def exchange(self, text):
        """Sends a question and waits for its answer."""
        # An interrupt in the middle of a frame would leave the rest of it to the next reader.
        self._busy = True
        try:
            self.send(text)
            answer = self._read()
        finally:
            self._busy = False
        if self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt
        if answer is None:
            os._exit(1)
        return answer

    def serve(self, handle):
        """Answers commands until the host hangs up."""
        self._busy = True
        while True:
            command = self._read()
            if command is None:
                return
            self._interrupted = False
            self._busy = False
            try:
                answer = handle(command)
            finally:
                self._busy = True
            self.send(_OUTCOME + answer)

    def interrupt(self, number, frame):
        """The handler of SIGINT."""
        if self._busy:
            self._interrupted = True
        else:
            raise KeyboardInterrupt

    def send(self, text):
        """Sends one frame."""
        data = text.encode("utf-8")
        view = memoryview(_LENGTH.pack(len(data)) + data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def _read(self):
        head = self._read_exactly(_LENGTH.size)
        if head is None:
            return None
        data = self._read_exactly(_LENGTH.unpack(head)[0])
        return None if data is None else data.decode("utf-8")

    def _read_exactly(self, size):
        parts = []
        while size > 0:
            part = os.read(self._descriptor, min(size, 1 << 20))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def main(descriptor):
    """Serves the host on an inherited descriptor until it closes."""
    channel = Channel(descriptor)
    signal.signal(signal.SIGINT, channel.interrupt)
    os.set_inheritable(descriptor, False)
    transport.install(channel.exchange)
    channel.send('{"python": "%d.%d.%d"}' % sys.version_info[:3])
    channel.serve(commands.handle)
