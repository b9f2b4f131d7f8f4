"""Neovim, driven over its own remote protocol: keys are pressed and buffers read as by a person at it."""

import contextlib
import shutil
from pathlib import Path

import pynvim

SETTINGS = Path(__file__).parents[2] / "editors" / "neovim" / "fsm-language.lua"
MARKS = """
vim.wait(50)
local marks = vim.diagnostic.get(0)
table.sort(marks, function(a, b) return a.lnum < b.lnum or (a.lnum == b.lnum and a.col < b.col) end)
return vim.tbl_map(function(mark)
  local words = vim.api.nvim_buf_get_text(0, mark.lnum, mark.col, mark.end_lnum, mark.end_col, {})
  return { mark.code, table.concat(words, "\\n") }
end, marks)
"""
MENU = """
local take = ...
offered = {}
vim.ui.select = function(actions, options, choose)
  offered = vim.tbl_map(options.format_item, actions)
  if take then choose(actions[1], 1) end
end
"""
OFFERED = """
vim.wait(50)
return offered
"""
FLOATING = """
vim.wait(50)
for _, window in ipairs(vim.api.nvim_list_wins()) do
  if vim.api.nvim_win_get_config(window).relative ~= "" then
    return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\\n")
  end
end
return ""
"""


class Neovim:
    """A running Neovim with nothing of its own but the settings that we ship, saved where the page says."""

    def __init__(self, program, home, environment):
        plugins = home / "config" / "nvim" / "plugin"
        plugins.mkdir(parents=True)
        shutil.copy(SETTINGS, plugins)
        self.home = home
        for name in ("config", "data", "state", "cache"):
            environment.setenv(f"XDG_{name.upper()}_HOME", str(home / name))
        self.nvim = pynvim.attach("child", argv=[program, "--embed", "--headless", "-n", "-i", "NONE"])

    def close(self):
        with contextlib.suppress(OSError, EOFError):  # it leaves without an answer
            self.nvim.command("qall!")
        self.nvim.close()

    def open(self, file):
        self.nvim.command(f"edit {file}")

    def text(self):
        return "\n".join([*self.nvim.current.buffer[:], ""])

    def marks(self):
        """The rule and the marked words of each mark, in order."""
        return [tuple(mark) for mark in self.nvim.exec_lua(MARKS)]

    def write_at_the_end(self, words):
        self.nvim.input(f"Go{words}<Esc>")

    def _at(self, words, keys):
        self.nvim.call("cursor", 1, 1)
        self.nvim.call("search", rf"\V{words}", "c")
        self.nvim.input(keys)

    def ask_what_is_offered(self, words):
        self.nvim.exec_lua(MENU, False)
        self._at(words, "gra")

    def offered(self):
        return self.nvim.exec_lua(OFFERED)

    def take_the_first_offer(self, words):
        self.nvim.exec_lua(MENU, True)
        self._at(words, "gra")

    def ask_why(self, words):
        self._at(words, "K")

    def why(self):
        return self.nvim.exec_lua(FLOATING)

    def logs(self):
        return "".join(file.read_text(encoding="utf-8") for file in self.home.rglob("*.log"))
