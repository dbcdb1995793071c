"""A folder or a zip becomes a folder of plain files, and what was not taken is said.

=============  ===========================================================================
`unpacking`    decides what is to do; what others call
`archives`     zips, and zips inside them, written out in streams
`content`      what a member of an archive holds, and no more than it says
`folders`      a folder export: what lies in it, and a view of it where it holds odd things
`directory`    what an archive states about its list of files, and whether that can be
`target`       writes below one folder only, and over nothing
`names`        what a file may be called, and what is no part of an export
`limits`       how much an export may take
`trouble`      errors of the operating system, in our words
`notes`        what a person is told about it; `profile/catalogue` has the words
`kept`         whether what was unpacked before can be used again
=============  ===========================================================================

What becomes of an odd thing is one of three: a note, an E10x error, or it is taken as it is.
"""

from crossdock.intake.unpack.unpacking import Unpacked, unpack

__all__ = ["Unpacked", "unpack"]
