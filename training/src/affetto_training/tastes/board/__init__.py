"""The leaderboard of recommenders: data, splits, models, tuning and the page."""
