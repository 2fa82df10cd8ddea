# SPDX-License-Identifier: GPL-3.0-only
"""What the mouse does to the range of the plot: zoom, pan, box."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal, Slot

from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.pages.heap.view_range import ViewRange

_SMALLEST_BOX_PX = 6.0


class PlotGestures(QObject):
    """``changed`` comes when the range is another one."""

    changed = Signal()

    def __init__(self, plot: HeapPlot, view_range: ViewRange, parent: QObject) -> None:
        super().__init__(parent)
        self._plot, self._range = plot, view_range
        plot.view.zoom_requested.connect(self._zoom)
        plot.view.value_zoom_requested.connect(self._zoom_values)
        plot.view.pan_requested.connect(self._pan)
        plot.view.box_dragged.connect(self._drag_box)

    @Slot(float, float)
    def _zoom(self, factor: float, at: float) -> None:
        if self._plot.picture is not None:
            self._range.zoom(factor, at, (self._plot.picture.start, self._plot.picture.end))
            self.changed.emit()

    @Slot(float, float)
    def _zoom_values(self, factor: float, at: float) -> None:
        picture = self._plot.picture
        if picture is not None:
            self._range.values = (at - (at - picture.low) * factor, at + (picture.high - at) * factor)
            self.changed.emit()

    @Slot(float, float)
    def _pan(self, seconds: float, values: float) -> None:
        picture = self._plot.picture
        if picture is None:
            return
        self._range.pan(seconds, (picture.start, picture.end))
        if self._range.values is not None:
            low, high = self._range.values
            self._range.values = (low + values, high + values)
        self.changed.emit()

    @Slot(QRectF, bool)
    def _drag_box(self, box: QRectF, let_go: bool) -> None:  # noqa: FBT001 - a slot
        self._plot.cursor_layer.show_zoom_box(None if let_go else box)
        if let_go and box.width() > _SMALLEST_BOX_PX and box.height() > _SMALLEST_BOX_PX:
            scale = self._plot.view.scale_now()
            self._range.values = (scale.value_at(box.bottom()), scale.value_at(box.top()))
            self._range.show(scale.time_at(box.left()), scale.time_at(box.right()))
            self.changed.emit()
