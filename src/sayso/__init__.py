"""Sayso: on whose say-so does the news tell you this?"""
