"""What people write in many ways and mean as one: dates, figures, reference numbers.

One reader each, for the index, for what an answer states and for what its sources state.
"""
