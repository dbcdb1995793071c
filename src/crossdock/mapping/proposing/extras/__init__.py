"""Further scorers, all off unless a person turns them on; the proposer does well without them.

============  =====================================================================
`embeddings`  how near a header is to a place's names in meaning; a model on this disk
`masking`     what a column is like, without any of its values
`sending`     what a model would be sent: shown to the person first, bound by a digest
`model`       asks the model, and says what it answered as evidence
`together`    the proposal with a model's help, never surer by that alone
`recording`   what was sent and answered, in `reports/model-proposals.json`
============  =====================================================================

Nothing of this is imported with the program: the packages behind it are large, and most people
never need them.
"""
