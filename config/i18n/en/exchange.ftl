exchange-own-visit = Whoever wrote a visit or went along does not review it. Nothing was written; ask somebody else of the cell.
exchange-moved = The visit has changed since you looked at it. Nothing was written; look at it again, then decide.
exchange-already-in = This device was let in before. Nothing has changed.
exchange-about-sync = Exchange with a folder (a stick, a share): take in what is new, copy what others lack
exchange-about-roster = Who may read and sign what
exchange-about-roster-show = Show the devices of the logbook
exchange-about-roster-invite = Write a file that invites a device
exchange-about-roster-admit = Let in the device that made a request
exchange-about-roster-revoke = Shut a device out; what it writes from now on is not taken in
exchange-about-review = Review visits, for the party cell
exchange-about-review-list = The visits that wait for review
exchange-about-review-show = Show a visit, what has changed and what was said
exchange-about-review-confirm = Confirm exactly the revision that was shown
exchange-about-review-return = Return, with a reason
exchange-about-review-ask = Ask or answer, in the thread
exchange-arg-target = Folder to exchange with
exchange-arg-cell = Name of the cell that the reviewer reviews for
exchange-arg-invite-out = Invitation to write
exchange-arg-request = Request of the new device
exchange-arg-request-out = Request to write, for the keeper of the logbook
exchange-arg-join = Invitation from the keeper of the logbook
exchange-arg-yes = Do not ask: the words were compared by voice
exchange-arg-device = Name of the person or code of the device, as in roster show
exchange-arg-text = What is to be said
exchange-invite-made = Wrote the invitation { $path }. There is no secret in it.
exchange-words = Words to compare: { $words }
exchange-compare-invite = Read these words to the other person: the new device must show the same.
exchange-joined = Made a copy of the logbook in { $path }. Bring the request to its keeper; once you are let in, an exchange brings everything.
exchange-compare-request = Read these words to the keeper when they let this device in.
exchange-not-an-invite = { $path } is no invitation. Nothing was done; ask the keeper for the file again.
exchange-not-a-request = { $path } is no request, or was changed. Nobody was let in; ask the new device for the file again.
exchange-file-exists = { $path } is there already and stays as it is. Choose another name.
exchange-other-logbook = The request is for another logbook. Nobody was let in; look at the file again.
exchange-admit-who = To be let in: { $name } ({ $role })
exchange-gets-unit = This device will read every visit and citizens' names, but no denunciations.
exchange-gets-cell = This device will read all visits, meetings and concerns of the unit; it never receives citizens' names or denunciations.
exchange-gets-superior = This device will read all visits, meetings and concerns; it receives no citizens' names or denunciations and signs no review.
exchange-gets-authority = This device will receive what is sealed about denunciations, and read the visits; it receives no citizens' names.
exchange-admit-ask = Are the words the same on the new device? [y/N]
exchange-not-admitted = Nobody was let in. Compare the words by voice, then let the device in.
exchange-admitted = Let { $name } in. After the next exchange the two can read each other's entries.
exchange-revoked = Shut { $name } out. What that device received before stays on it.
exchange-no-device = There is no device like { $typed } in the logbook. Nothing was done; see roster show.
exchange-several-devices = Several devices match { $typed }. Nothing was done; type more of the code:
exchange-synced = Took in { $taken ->
    [one] { $taken } entry
   *[other] { $taken } entries
}, copied { $given ->
    [one] { $given } entry
   *[other] { $given } entries
}.
exchange-synced-waiting = { $bundles ->
    [one] { $bundles } bundle waits
   *[other] { $bundles } bundles wait
}: not copied whole yet, or something before them is missing. Nothing is lost here; exchange again later.
exchange-synced-quarantined = { $count ->
    [one] { $count } bundle or entry
   *[other] { $count } bundles or entries
} could not be used and put aside. The logbook is as it was.
exchange-synced-forks = { $count ->
    [one] { $count } bundle shows
   *[other] { $count } bundles show
} that a device wrote in two places. Both branches are kept; ask whoever uses that device.
exchange-alone = There is no other device in this logbook: nothing to copy for anybody. Invite one: m here, or roster invite.
exchange-not-let-in = The keeper has not let this device in yet. Bring the request to the keeper; nothing is lost.
exchange-target-missing = { $place } was not found. Nothing is lost; plug the stick in again or look at the path.
exchange-target-denied = { $place } may not be read or written. Nothing is lost; look at the permissions.
exchange-target-full = { $place } has no room left. What was copied is right; make room and exchange again.
exchange-target-not-read-back = What was copied to { $place } does not read back the same. Nothing is lost; try another stick.
exchange-target-setup = { $place } is no place to exchange. Nothing was done; name a folder or s3://bucket/folder.
exchange-target-failed = { $place } could not be read or written: { $error }. Nothing is lost; try again.
exchange-stopped = Stopped. The bundles taken in and copied are right; exchange again at any time.
exchange-confirmed = Confirmed { $code }, exactly as it was shown.
exchange-returned = Returned { $code }.
exchange-asked = Added to the thread of { $code }.
exchange-queue = { $count ->
    [one] { $count } visit waits
   *[other] { $count } visits wait
} for review
exchange-working = Exchanging
exchange-ask-place = Exchange with what: a folder (a stick, a share) or s3://bucket/folder
exchange-place-missing = Name a folder to exchange with.
exchange-ask-reason = Why it is returned
exchange-ask-words = Question or answer
exchange-words-missing = Write a few words for the other person.
exchange-queue-empty = No visit waits for review.
exchange-since-new = new
exchange-since-changed = changed
exchange-changed-fields = Changed since last looked at
exchange-nothing-seen = Never looked at before
exchange-thread = Thread
exchange-said-confirm = { $date } { $who }: confirmed
exchange-said-return = { $date } { $who } returned: “{ $text }”
exchange-said-ask = { $date } { $who }: { $text }
exchange-place = Exchanges with { $place } · last { $date } { $time }
exchange-place-never = Never exchanged with another device.
exchange-counts-local = not copied { $count }
exchange-counts-copied = copied { $count }
exchange-counts-received = received elsewhere { $count }
exchange-devices = Other devices of the logbook
exchange-held = up to entry { $count }
exchange-device-revoked = shut out
exchange-target-no-credentials = The key of { $place } is not known: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment and open again. Nothing of the logbook is lost.
exchange-target-plain-http = Nothing is exchanged with { $place } over http without encryption. Nothing of the logbook is lost; set AWS_ENDPOINT_URL to an https address.
exchange-target-unreachable = { $place } does not answer. Nothing of the logbook is lost, and what was copied stays right. Try again when there is a network.
