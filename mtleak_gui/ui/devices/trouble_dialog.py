# SPDX-License-Identifier: GPL-3.0-only
"""Why a board cannot be heard and what to do about it, for as long as that is so."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_words import is_connecting, link_words
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.devices.trouble_view import TroubleView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.labels import ElidedLabel, breakable, label
from mtleak_gui.ui.widgets.round_icon import RoundIcon

_WIDTH = 600
_ROOM_AROUND = 48
_PADDING = 20
_TICK_MS = 1_000


class TroubleDialog(QDialog):
    """Follows the link: another trouble takes the place of this one, and it closes when the board is heard.

    ``trouble``: what is seen of a board that is heard, such as a console that says other things than a board does; else
    the trouble of the link is shown.
    """

    retry_requested = Signal(str)
    port_picker_requested = Signal()

    def __init__(
        self, session: Session, theme: ThemeKeeper, trouble: LinkTrouble | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._follows_link = trouble is None
        self._shown: LinkTrouble | None = None
        self._what = label("", "verdict", wrap=True)
        self._board, self._state = ElidedLabel("", "secondary"), ElidedLabel("", "secondary")
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._retry = IconButton(theme, "refresh", self.tr("Try again"), kind="filled", size="control")
        self._choose = button(self.tr("Choose a port"), size="control")
        self._close = button(self.tr("Close"), size="control")
        self._lay_out()
        self._retry.clicked.connect(self._try_again)
        self._choose.clicked.connect(self._pick)
        self._close.clicked.connect(self.accept)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show(trouble or session.trouble or LinkTrouble("other", self.tr("This board is not heard.")))
        session.changed.connect(self._follow)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._follow)
        self._tick.start()
        self._follow()

    def _show(self, trouble: LinkTrouble) -> None:
        if trouble == self._shown:
            return
        self._shown = trouble
        self.setWindowTitle(self.tr("{} cannot be heard").format(wording.single_line(self._session.name, 40)))
        self.setAccessibleDescription(trouble.sentence)
        self._what.setText(breakable(trouble.what))
        view = TroubleView(self._theme, trouble)
        self._area.setWidget(view)
        wanted = view.heightForWidth(_WIDTH - 2 * _PADDING) if view.hasHeightForWidth() else view.sizeHint().height()
        self._area.setMinimumHeight(min(wanted, 120))
        self.resize(_WIDTH, min(self._chrome_height() + wanted, self._most_height()))

    def _chrome_height(self) -> int:
        what = self._what.heightForWidth(_WIDTH - 2 * _PADDING - 56)
        return what + self._board.sizeHint().height() + self._state.sizeHint().height() + 140

    def _most_height(self) -> int:
        parent = self.parentWidget()
        room = self.screen().availableGeometry().height() if parent is None else parent.window().height()
        return max(room - _ROOM_AROUND, 320)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING, _PADDING, _PADDING, 16)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(16)
        icon = RoundIcon(self._theme, "alert-outline", "warn", size=40, glyph=22)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._what)
        words.addWidget(self._board)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._state, 1)
        for act in (self._choose, self._close, self._retry):
            act.setAutoDefault(False)
            foot.addWidget(act)
        self._retry.setDefault(True)
        column.addLayout(foot)

    @Slot()
    def _follow(self) -> None:
        session, link = self._session, self._session.link
        if self._follows_link and link.phase == "live":
            self.accept()
            return
        if self._follows_link and session.trouble is not None:
            self._show(session.trouble)
        self._board.setText(wording.single_line(f"{session.name} · {session.port}", 120))
        self._state.setText(link_words(link, session.link_age(), heard_before=session.heard_ts is not None))
        self._retry.setVisible(self._follows_link)
        self._retry.setEnabled(not is_connecting(link))

    @Slot()
    def _try_again(self) -> None:
        self.retry_requested.emit(self._session.port)

    @Slot()
    def _pick(self) -> None:
        self.accept()
        self.port_picker_requested.emit()
