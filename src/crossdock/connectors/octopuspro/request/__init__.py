"""The request to OctopusPro's support, and what to gather while it is answered.

No public page says what support can export, so the letter asks for everything that Crossdock can
use, and asks support what of it is possible. After a first export it asks for what that lacks.

===============  ==================================================================
`gaps`           what an export lacks, in words that need no export
`wanted`         the lists to ask for: every object of the source, or the gaps
`letter`         the letter, from `letter.toml`
`checklist`      what an office manager does meanwhile, from `checklist.toml`
`request`        letter and checklist together; what others call
===============  ==================================================================
"""
