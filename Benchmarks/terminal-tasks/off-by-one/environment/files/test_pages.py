import unittest

from pages import page_count


class PageCountTests(unittest.TestCase):
    def test_counts(self):
        self.assertEqual(page_count(1, 10), 1)
        self.assertEqual(page_count(10, 10), 1)
        self.assertEqual(page_count(11, 10), 2)
        self.assertEqual(page_count(0, 10), 0)
