// What a screen reader hears of what happens.
const CALM = 400;
const LONG = 60;
let waiting;

export function tell(words) {
  const voice = document.getElementById("say");
  if (voice) voice.textContent = words;
}

// Says which words are chosen, once they stay the same for a moment: all of them, or how they begin and end.
export function tellChosen() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const words = getSelection().toString().trim().replace(/\s+/g, " ");
    if (words) tell(words.length > LONG ? `Chosen: ${words.slice(0, LONG / 2)} … ${words.slice(-LONG / 2)}` : `Chosen: ${words}`);
  }, CALM);
}
