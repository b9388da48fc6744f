def page_count(items, page_size):
    """How many pages of `page_size` hold `items` things."""
    return items // page_size + 1
