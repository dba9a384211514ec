// @ts-check
// What scripts say, in English. Made by `make messages` of newsreader/script_messages.py.
export const MESSAGES = {
  "selected": "Selected: {words}",
  "selectedFromTo": "Selected: {start} … {end}",
  "caretOn": "Caret on. Arrows move, Shift selects, Control moves by word, Alt by sentence. Enter opens the tools, Escape leaves.",
  "caretOff": "Caret off.",
  "copied": "Copied.",
  "notCopied": "This browser does not let the page copy. The words are selected: copy them with your keys.",
  "blockLinkCopied": "The link to ¶{number} is copied.",
  "blockLink": "The link to ¶{number}: {address}",
  "passageLinkCopied": "The link to this passage is copied.",
  "place": "¶{number} of {count}",
  "unknownTag": "No tag named “{name}”. Choose a tag, or add it to the codebook.",
  "unknownTagForCoder": "No tag named “{name}”. A curator of the project can add it. You can propose it in the codebook.",
  "noTags": "The tags could not be loaded. Try again in a moment, or highlight without a tag.",
  "addTag": "Add “{name}” to the codebook",
  "close": "Close",
  "ended": "This page is no longer updated: you are signed out, or you can no longer see it. What you typed is still here.",
  "reload": "Reload",
  "noAnswer": "No answer from the server. Nothing was lost here: try again in a moment."
};
