"""Words as the full-text index knows them: stems, function words, dates and numbers in one spelling."""
