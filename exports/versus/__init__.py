"""Two inquiries with the same questions side by side: what was answered again, changed, is new, is gone."""
