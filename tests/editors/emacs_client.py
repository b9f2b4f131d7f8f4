"""Emacs with Eglot, driven by emacsclient: keys are pressed and buffers read as by a person at it."""

import json
import shutil
import subprocess
from pathlib import Path

SETTINGS = Path(__file__).parents[2] / "editors" / "emacs" / "fsm-language.el"
MARKS = """
(progn
  (execute-kbd-macro (kbd "C-e")) ; Flymake starts after a command
  (sleep-for 0.05)
  (vconcat
   (mapcar (lambda (mark)
             (vector (flymake-diagnostic-text mark)
                     (buffer-substring-no-properties (flymake-diagnostic-beg mark) (flymake-diagnostic-end mark))))
           (sort (flymake-diagnostics)
                 (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))
"""
OFFERED = """
(vconcat (mapcar (lambda (action) (plist-get action :title)) (eglot-code-actions (point))))
"""
WHY = """
(progn
  (sleep-for 0.05)
  (if (get-buffer "*eldoc*") (with-current-buffer "*eldoc*" (buffer-string)) ""))
"""
LOGS = """
(with-current-buffer "*Messages*" (buffer-string))
"""


class Emacs:
    """A running Emacs with nothing of its own but the settings that we ship, saved where the page says."""

    def __init__(self, program, home, environment):
        init = home / ".emacs.d"
        init.mkdir()
        shutil.copy(SETTINGS, init)
        (init / "init.el").write_text('(load "~/.emacs.d/fsm-language")\n', encoding="utf-8")
        environment.setenv("HOME", str(home))
        environment.setenv("LC_ALL", "C.UTF-8")
        self.socket = home / "socket"
        subprocess.run([program, f"--daemon={self.socket}"], check=True, capture_output=True)

    def close(self):
        self._client("(kill-emacs)")

    def _client(self, expression):
        command = ["emacsclient", "-s", str(self.socket), "-e", expression]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    def evaluate(self, expression):
        """What an expression gives in the note's buffer, with the keyboard's side effects."""
        printed = self._client(f"(with-current-buffer (window-buffer (selected-window)) (json-encode {expression}))")
        return json.loads(json.loads(printed, strict=False))

    def press(self, keys):
        self.evaluate(f"(progn (execute-kbd-macro {keys}) t)")

    def open(self, file):
        self.press(f'(vconcat (kbd "C-x C-f C-a C-k") "{file}" (kbd "RET"))')

    def text(self):
        return self.evaluate("(buffer-string)")

    def marks(self):
        """The rule and the marked words of each mark, in order."""
        return [(text.partition("[")[2].partition("]")[0], words) for text, words in self.evaluate(MARKS)]

    def write_at_the_end(self, words):
        self.press(f'(vconcat (kbd "M->") "{words}" (kbd "RET"))')

    def _go_to(self, words):
        self.evaluate(f'(progn (goto-char (point-min)) (search-forward "{words}") (goto-char (match-beginning 0)) t)')

    def ask_what_is_offered(self, words):
        self._go_to(words)

    def offered(self):
        return self.evaluate(OFFERED)

    def take_the_first_offer(self, words):
        self._go_to(words)
        self.press('(kbd "C-c . RET")')

    def ask_why(self, words):
        self._go_to(words)
        self.press('(kbd "M-x eldoc RET")')

    def why(self):
        return self.evaluate(WHY)

    def logs(self):
        return self.evaluate(LOGS)
