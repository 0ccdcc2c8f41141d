"""How it is told: what is measured in each voice, and what each measure can and cannot say."""
