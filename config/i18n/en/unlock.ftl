unlock-title = The logbook
unlock-ask = Passphrase
unlock-idle = Locked itself after a time without keys.
unlock-key = Locked.
unlock-suspend = Locked because the machine went to sleep.
unlock-working = Opening…
unlock-wrong = ✖ Wrong passphrase. Type it again.
unlock-forgot = Forgotten: quit and run “bacung recover” with the recovery secret on paper.
