"""Facts about Arabic as it is written in Morocco: letters, digits, dates, text direction. Imports nothing of ours."""
