"""A reference distribution: all the results that chance could have given, with the observed one marked."""

import matplotlib
import numpy as np

from practicum.charts.drawing import ACCENT, INK, PAPER, SOFT, STYLE, THINK, axes_with
from practicum.charts.shown import Chart, readable
from practicum.i18n import gettext as _
from practicum.series import as_number, as_series
from practicum.single_case.effect import ROUNDING, check_choice

MOST_DOTS = 250
BINS = 24


@matplotlib.rc_context(STYLE)
def distribution_chart(values, observed, *, measure, title, counted=None, observed_label=None, tail="upper", sentence=None):
    """Where ``observed`` stands among ``values``: dots for up to 250 of them, else bars.

    ``measure`` names the horizontal axis, ``counted`` what each of ``values`` is ("possible starts", "simulated classes").
    ``tail``: which are counted, those at least as large as ``observed`` ("upper") or at most as large ("lower"); they are drawn
    filled. ``sentence`` reads the chart; without one it gives their number and share. Returns a `Chart`.
    """
    check_choice(tail, ("upper", "lower"), "tail")
    values, observed = np.sort(as_series(values, "values")), as_number(observed, "observed")
    counted, observed_label = counted or _("possible results"), observed_label or _("observed")
    # What differs by rounding error only is as large.
    margin = ROUNDING * max(np.abs(values).max(), abs(observed))
    extreme = values >= observed - margin if tail == "upper" else values <= observed + margin
    figure, axes = axes_with(measure[:1].upper() + measure[1:], _("How many"), height=3.4)
    edges = _edges(values, observed)
    (_draw_dots if len(values) <= MOST_DOTS else _draw_bars)(axes, values, extreme, edges)
    axes.axvline(observed, color=INK, linewidth=1.6, dashes=(5, 3), label=_("{label}: {value}").format(label=observed_label, value=readable(observed, *values)))
    axes.grid(axis="x", visible=False)
    figure.legend(loc="outside lower center", ncols=2)
    side = {"upper": _("at least as large"), "lower": _("at most as large")}[tail]
    numbers = {"count": len(values), "counted": counted, "extreme": int(extreme.sum()), "side": side, "observed": readable(observed, *values),
               "label": observed_label, "share": _share(extreme.mean())}
    kind = _("Dot plot") if len(values) <= MOST_DOTS else _("Bar chart")
    alt = _("{kind} of a distribution. Horizontal axis: {measure}, {low} to {high}, with the middle at {middle}. {label} is marked at {observed}; "
            "{extreme} of {count} ({share}) are {side}.").format(
                kind=kind, measure=measure, low=readable(values[0], *values), high=readable(values[-1], *values),
                middle=readable(np.median(values), *values), **{**numbers, "label": observed_label[:1].upper() + observed_label[1:]})
    return Chart(title, alt, sentence or _("Read in one sentence: of {count} {counted}, {extreme} ({share}) are {side} as {observed} ({label})."
                                           ).format(**numbers),
                 (measure, _("how many"), side), _rows(values, extreme, edges), figure)


def _share(share):
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"


def _edges(values, observed):
    """The edges of the bins; the observed value is one of them, so that no bin holds both kinds."""
    if values[0] == values[-1]:
        return values[0] + np.array([-0.5, 0.5])
    width = (values[-1] - values[0]) / BINS
    return observed + width * np.arange(np.floor((values[0] - observed) / width), np.ceil((values[-1] - observed) / width) + 1)


def _bins(values, edges):
    # The observed value may differ from its edge by rounding error.
    return np.clip(np.searchsorted(edges - ROUNDING * np.abs(edges).max(), values, side="right") - 1, 0, len(edges) - 2)


def _draw_dots(axes, values, extreme, edges):
    place = _bins(values, edges)
    height = np.array([np.sum(place[:index] == own) for index, own in enumerate(place)]) + 1
    middle = np.array([values[place == own].mean() for own in place])
    for kind, look in ((~extreme, {"color": SOFT, "markerfacecolor": PAPER}), (extreme, {"color": ACCENT, "markerfacecolor": ACCENT})):
        axes.plot(middle[kind], height[kind], "o", markersize=6, **look)
    axes.set_ylim(0, height.max() + 1)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _draw_bars(axes, values, extreme, edges):
    place = _bins(values, edges)
    for kind, look in ((~extreme, {"facecolor": "none", "edgecolor": SOFT, "hatch": "//"}), (extreme, {"facecolor": THINK, "edgecolor": THINK})):
        counts = np.bincount(place[kind], minlength=len(edges) - 1)
        axes.bar(edges[:-1][counts > 0], counts[counts > 0], edges[1] - edges[0], align="edge", **look)


def _rows(values, extreme, edges):
    """For each bin that is not empty: its span, how many values, how many of them are counted."""
    place = _bins(values, edges)
    return tuple((_("{low} to {high}").format(low=readable(edges[own], *values), high=readable(edges[own + 1], *values)),
                  str(int(np.sum(place == own))), str(int(np.sum(extreme[place == own])))) for own in np.unique(place))
