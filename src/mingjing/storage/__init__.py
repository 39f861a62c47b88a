"""The only home of the ORM: people, cases, supervision, batches, the log of acts."""
