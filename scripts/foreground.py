"""What stands in the landscapes of scripts/photos: a boat, a bridge, a town, a post; reeds and snow.

Each is painted into a picture of linear light, or gives its share and colour for pixels.
"""
import math

import numpy as np
from PIL import Image, ImageDraw

from landscape import colour, noise_tile, sample, smooth

DRAWN = 2160  # lengths in pixels are those of a picture so high; see unit()


def unit(height):
    """Pixels of a picture so high to one of the drawing."""
    return height / DRAWN


def blurred(picture, radius):
    """Three boxes one after the other, which is near a gaussian of that radius."""
    half = max(1, int(round(radius)))
    for axis in (0, 1) * 3:
        padding = [(0, 0)] * picture.ndim
        padding[axis] = (half + 1, half)
        sums = np.cumsum(np.pad(picture, padding, mode="edge"), axis=axis, dtype=np.float64)
        ahead, behind = [slice(None)] * picture.ndim, [slice(None)] * picture.ndim
        ahead[axis], behind[axis] = slice(2 * half + 1, None), slice(None, -2 * half - 1)
        picture = ((sums[tuple(ahead)] - sums[tuple(behind)]) / (2 * half + 1)).astype(np.float32)
    return picture


def blend(below, above, amount):
    return below * (1 - amount[..., None]) + above * amount[..., None]


# ---- what grows and falls -------------------------------------------------------


def reeds(rng, picture, count):
    """Blades of grass at the foot of the picture, near, dark and a little out of focus."""
    height, width = picture.shape[:2]
    u = unit(height)
    for soft, shade, share in ((6, "1d3431", 0.35), (2.2, "0c1f1d", 0.65)):
        mask = Image.new("L", (width, height), 0)
        draw = ImageDraw.Draw(mask)
        for _ in range(int(count * share)):
            x = rng.choice([rng.normal(0.02, 0.10), rng.normal(0.98, 0.13)]) * width
            tall, lean = rng.uniform(0.05, 0.20) * height, rng.normal(0.10, 0.20)
            points = [(x + lean * tall * t ** 2.4, height + 8 - tall * t) for t in np.linspace(0, 1, 16)]
            for i, (a, b) in enumerate(zip(points, points[1:])):
                draw.line([a, b], fill=255, width=max(1, int(7 * u * (1 - i / 15))))
        amount = blurred(np.asarray(mask).astype(np.float32) / 255, soft * u)
        picture = blend(picture, np.broadcast_to(colour(shade), picture.shape), (amount * 1.2).clip(0, 1))
    return picture


def snowfall(rng, picture):
    height, width = picture.shape[:2]
    u = unit(height)
    for count, least, most, soft, strength in ((1500, 0.9, 2.2, 1.0, 0.75), (240, 2.4, 4.6, 2.2, 0.7), (34, 8, 15, 7, 0.55)):
        flakes = Image.new("L", (width, height), 0)
        draw = ImageDraw.Draw(flakes)
        for _ in range(count):
            x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(least, most) * u
            draw.ellipse([x - r, y - r * 1.4, x + r, y + r * 1.4], fill=int(rng.uniform(90, 230)))
        amount = blurred(np.asarray(flakes).astype(np.float32) / 255, soft * u) * strength
        picture = blend(picture, np.broadcast_to(colour("f4f5f2"), picture.shape), amount.clip(0, 0.9))
    return picture


# ---- the boat ------------------------------------------------------------------


def crew(picture, left, line, scale):
    """A rowing boat whose water line is at `line`: three at the oars, one who steers."""
    height, width = picture.shape[:2]
    big = 3
    wide, tall = int(420 * scale * big), int(170 * scale * big)
    s = scale * big
    hull, people, vests, oars = (Image.new("L", (wide, tall), 0) for _ in range(4))
    cx, base = 205 * s, 140 * s

    def at(points):
        return [(cx + x * s, base + y * s) for x, y in points]

    top = [(-162 + 324 * t, -17 + 11 * math.sin(math.pi * t) - 9 * (t > 0.5) * (2 * t - 1) ** 3) for t in np.linspace(0, 1, 40)]
    keel = [(150 - 296 * t, 1.5 + 1.5 * math.sin(math.pi * t)) for t in np.linspace(0, 1, 30)]
    ImageDraw.Draw(hull).polygon(at(top + keel), fill=255)
    draw, vest = ImageDraw.Draw(people), ImageDraw.Draw(vests)
    for x, lean, steers in ((-78, 13, False), (-26, 13, False), (26, 12, False), (92, -3, True)):
        spine = lambda t: (x + lean * t, -12 - 40 * t)
        (sx, sy), (hx, hy) = spine(0.86), spine(1.42)
        draw.polygon(at([(x - 12, -8), (x - 13 + lean * 0.5, -30), (sx - 11, sy + 1), (sx - 4, sy - 7), (sx + 5, sy - 6), (sx + 11, sy + 2),
                         (x + 12 + lean * 0.4, -28), (x + 14, -8)]), fill=255)
        vest.polygon(at([(x - 11 + lean * 0.3, -20), (sx - 10, sy + 2), (sx - 4, sy - 5), (sx + 4, sy - 5), (sx + 10, sy + 3),
                         (x + 12 + lean * 0.3, -20)]), fill=255)
        (a, b), (c, d) = at([(hx - 6.2, hy - 8), (hx + 6.2, hy + 8)])
        draw.ellipse([a, b, c, d], fill=255)
        draw.polygon(at([(hx - 3, hy + 5), (hx + 3, hy + 5), (sx + 4, sy - 4), (sx - 3, sy - 4)]), fill=255)
        hand = (x + 34, -27) if not steers else (x + 20, -22)
        draw.line(at([(sx + 3, sy + 2), (x + 19 + lean * 0.5, sy + 14), hand]), fill=255, width=int(6 * s), joint="curve")
        if not steers:
            ImageDraw.Draw(oars).line(at([(x + 27, -30), (x - 44, 3)]), fill=255, width=int(2.6 * s))
            ImageDraw.Draw(oars).line(at([(x - 40, 1), (x - 54, 8)]), fill=255, width=int(5.4 * s))
    small = (wide // big, tall // big)
    layers = [np.asarray(i.resize(small, Image.LANCZOS)).astype(np.float32) / 255 for i in (oars, people, vests, hull)]
    shades = [colour(c) for c in ("4a4038", "1b2629", "b84a1c", "142327")]
    colours = np.zeros((*layers[0].shape, 3), np.float32)
    amount = np.zeros_like(layers[0])
    for layer, shade in zip(layers, shades):
        glow = 1 + 0.5 * np.linspace(1, -0.4, layer.shape[1])[None, :, None]  # the sun is on the left, behind
        colours = colours * (1 - layer[..., None]) + shade * glow * layer[..., None]
        amount = np.maximum(amount, layer)
    x0, y0 = int(left - cx / big), int(line - base / big)
    h, w = amount.shape
    waterline = int(base / big) + 2
    # Its image first: torn by ripples, paler the deeper.
    rows = np.arange(1, int(h * 0.8))
    source = waterline - (rows * 1.02 + 2.2 * scale * np.sin(rows / scale / 2.4 + 0.6 * np.sin(rows / scale / 5))).astype(int)
    shift = (np.sin(rows / scale / 2.1) * (1 + rows * 0.05)).astype(int)
    for row, take, move in zip(rows, source, shift):
        if 0 <= take < h and y0 + waterline + row < height:
            strip = np.roll(amount[take], move)[:w] * 0.72 * math.exp(-row / (110 * scale))
            target = picture[y0 + waterline + row, x0:x0 + w]
            picture[y0 + waterline + row, x0:x0 + w] = target * (1 - strip[:, None]) + np.roll(colours[take], move, 0) * strip[:, None]
    upper = picture[y0:y0 + waterline, x0:x0 + w]
    cut = amount[:waterline, :, None]
    picture[y0:y0 + waterline, x0:x0 + w] = upper * (1 - cut) + colours[:waterline] / np.maximum(amount[:waterline, :, None], 1e-3) * cut
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for k in (-1, 1, 2, 3):  # the wake
        far = (left - 150 * scale - x) / (0.5 * width)
        aside = np.abs(y - line - 2 * scale - far * 0.5 * width * 0.028 * k) / scale / (1.6 + 5 * far.clip(0))
        picture += (np.exp(-aside ** 2) * (far > 0) * (1 - far).clip(0) ** 2 * 0.10)[..., None] * colour("ffdcb0")
    return picture


# ---- the bridge ----------------------------------------------------------------


class Bridge:
    """A bridge of round arches as a wall that recedes to the right, and the wall behind it."""

    PITCH, RADIUS, SPRING, DECK, THICK = 21.5, 8.6, 1.4, 11.6, 6.5
    FROM, TURN = (-44.0, 66.0), math.radians(24)

    def __init__(self, rng, view):
        self.view, self.rough, self.stains = view, noise_tile(rng, 512, 1.1), noise_tile(rng, 512, 1.8)
        self.tints = rng.uniform(-0.13, 0.13, (64, 64)).astype(np.float32)

    def wall(self, rows, back):
        """Along and up the wall, for pixels; and how far it is."""
        view, (x0, z0) = self.view, self.FROM
        x0, z0 = x0 - back * math.sin(self.TURN), z0 + back * math.cos(self.TURN)
        aside = ((np.arange(view.width) - view.width / 2) / view.focal)[None, :]
        along = (aside * z0 - x0) / (math.cos(self.TURN) - aside * math.sin(self.TURN))
        far = z0 + along * math.sin(self.TURN)
        return along + 0 * rows, view.eye - (rows - view.horizon) * far / view.focal, far + 0 * rows

    def deck(self, along):
        return self.DECK + 1.4 * np.exp(-((along - 40) / 46) ** 2)

    def stone(self, along, up):
        """Whether there is stone, and whether it is of an arch ring."""
        middle = (along / self.PITCH % 1 - 0.5) * self.PITCH
        ring = np.hypot(middle, np.maximum(up - self.SPRING, 0))
        is_open = (np.abs(middle) < self.RADIUS) & (ring < self.RADIUS)
        return (up < self.deck(along)) & ~is_open & (along > -60), (ring < self.RADIUS + 0.85) & (up > self.SPRING), middle

    def paint(self, rows, sign=1):
        """Share and colour of the bridge (sign 1), or of its image in the water (-1)."""
        along, up, far = self.wall(rows, 0)
        up = up * sign
        front, ring, middle = self.stone(along, up)
        above = up > -0.6
        behind, _, _ = self.stone(*[a if i == 0 else a * sign for i, a in enumerate(self.wall(rows, self.THICK)[:2])])
        course = np.floor(up / 0.46).astype(int)
        place = along + (course % 2) * 0.5
        block = self.tints[course % 64, np.floor(place / 1.05).astype(int) % 64]
        joint = np.maximum(smooth(1 - np.abs(up / 0.46 % 1 - 0.5 - 0.42) / 0.09), smooth(1 - np.abs(place / 1.05 % 1 - 0.5 - 0.44) / 0.05))
        near = smooth(1 - far / 190)
        shade = 1 + 0.16 * sample(self.rough, along / 19, up / 19) + block - 0.20 * joint * near
        stain = smooth(sample(self.stains, along / 60, up / 26) * 0.7 + (2.4 - up) / 2.2)
        albedo = colour("9d9078")[None, None] * shade[..., None]
        albedo = albedo * (1 - 0.42 * stain[..., None]) + colour("4d5747") * (0.34 * stain[..., None])
        albedo = np.where((ring & front)[..., None], albedo * (1.10 + 0.10 * np.sign(np.sin(np.arctan2(up - self.SPRING, middle) * 22)))[..., None], albedo)
        pier = (np.abs(middle) > self.RADIUS + 0.3) & (up < 6.4 - 0.5 * (self.PITCH / 2 - np.abs(middle)))
        side = np.sign(middle)  # a cutwater before each pier: one flank in the light
        albedo = albedo * np.where(pier, 1 + 0.20 * side, 1)[..., None]
        below_cornice = smooth((self.deck(along) - 1.05 - up) / 0.06) * smooth(1 - (self.deck(along) - 1.05 - up) / 0.7)
        albedo = albedo * (1 - 0.45 * below_cornice)[..., None]
        albedo = np.where((up > self.deck(along) - 1.05)[..., None], albedo * 1.16, albedo)
        lit = albedo * colour("f4dcbc") * 0.86
        soffit = colour("3f433c") * (0.55 + 0.35 * smooth((self.SPRING + 7 - up) / 9))[..., None]
        shown = np.where(front[..., None], lit, soffit)
        return ((front | behind) & above).astype(np.float32), shown, far


# ---- the town at night ---------------------------------------------------------


def town(rng, view, picture, lamps):
    """Houses on the far bank, farther ones first: dark fronts and roofs, some windows lit; a church; lamps on the quay."""
    height, width = picture.shape[:2]
    big = 2
    layer = Image.new("RGBA", (width * big, height * big))
    draw = ImageDraw.Draw(layer)

    def at(x, up, z):
        return (width / 2 + view.focal * x / z) * big, (view.horizon + view.focal * (view.eye - up) / z) * big

    houses = sorted(((rng.uniform(336, 640), rng.normal(0, 1)) for _ in range(150)), reverse=True)
    for z, place in houses:
        x = place * 62 + 18
        base = 3 + (z - 330) * 0.06 + max(0, z - 520) * 0.08
        wide, tall, roof = rng.uniform(9, 15), rng.uniform(5, 9.5), rng.uniform(2.5, 4.5)
        dark = rng.uniform(0.7, 1.25)
        front = tuple(int(c * dark) for c in (34, 44, 50)) + (255,)
        draw.polygon([at(x, base, z), at(x, base + tall, z), at(x + wide, base + tall, z), at(x + wide, base, z)], fill=front)
        draw.polygon([at(x - 0.6, base + tall, z), at(x + wide * 0.2, base + tall + roof, z), at(x + wide * 0.8, base + tall + roof, z),
                      at(x + wide + 0.6, base + tall, z)], fill=tuple(int(c * dark) for c in (24, 29, 34)) + (255,))
        for storey in np.arange(1.6, tall - 1.4, 2.9):
            for across in np.arange(1.4, wide - 1.6, 2.6):
                if rng.uniform() < 0.30:
                    (a, b), (c, d) = at(x + across, base + storey + 1.5, z), at(x + across + 1.1, base + storey, z)
                    draw.rectangle([a, b, max(c, a + 1), max(d, b + 1)], fill=(255, 206, 140, 255))
                    row, column = int((b + d) / 2 / big), int((a + c) / 2 / big)
                    if 0 <= row < height and 0 <= column < width:
                        lamps[row, column] += rng.uniform(0.25, 0.8)
    for x, up, wide in ((-22, 12, 12), (-16, 27, 5)):  # nave and tower
        z, base = 470, 11
        draw.polygon([at(x, base, z), at(x, base + up, z), at(x + wide / 2, base + up + wide * (1.5 if wide < 6 else 0.5), z), at(x + wide, base + up, z), at(x + wide, base, z)],
                     fill=(52, 62, 66, 255))
    for x in np.arange(-120, 130, 13.5):
        column, row = (int(v / big) for v in at(x + rng.uniform(-0.4, 0.4), 6.6, 333))
        if 1 < column < width - 2:
            lamps[row, column] += 1.5
    flat = np.asarray(layer.resize((width, height), Image.LANCZOS)).astype(np.float32) / 255
    shade = np.minimum(flat[..., :3] ** 2.2, 1) * np.where(flat[..., :1] > 0.6, 1.2, 1)
    return blend(picture, shade, flat[..., 3]), lamps


# ---- the post --------------------------------------------------------------------


def post(rng, picture, surface, left, right):
    """A board with marks of two centimetres, ten to a hand, that stands in water at row `surface`."""
    height, width = picture.shape[:2]
    u = unit(height)
    left, right = int(width * left), int(width * right)
    board = Image.new("RGB", (right - left, surface), "#e6dfcc")
    draw = ImageDraw.Draw(board)
    wide, mark = right - left, height * 0.0185
    level, count = float(surface), 0
    while level > -40 * u:
        dark = "#1c2b2b" if (count // 10) % 2 == 0 else "#b23a16"
        if count % 2 == 0:
            long = 0.62 if count % 10 == 0 else 0.40
            side = 0 if (count // 5) % 2 == 0 else 1 - long
            draw.rectangle([wide * side, level - mark, wide * (side + long), level], fill=dark)
        if count % 10 == 0:
            draw.rectangle([wide * 0.38, level - mark * 5, wide * 0.62, level], fill=dark)
        level, count = level - mark, count + 1
    paint = (np.asarray(board).astype(np.float32) / 255) ** 2.2
    tile = noise_tile(rng, 512, 1.5)
    y, x = np.arange(surface)[:, None] / u, np.arange(wide)[None, :] / u
    wear, grain = sample(tile, x / 900, y / 900), sample(tile, x / 260 + 0.3, y / 2600)
    above = (surface - np.arange(surface))[:, None] / (height * 0.09)
    stain = np.exp(-above) * (0.9 + 0.5 * wear) + 0.22 * smooth((grain - 1.2) / 0.8) * np.exp(-above / 4)
    paint = paint * (0.90 + 0.05 * wear + 0.035 * grain)[..., None]
    paint = paint * (1 - 0.55 * stain.clip(0, 1))[..., None] + colour("35493a") * (0.26 * stain.clip(0, 1))[..., None]
    chipped = sample(tile, x / 2100 + 0.1, y / 2100) + 0.5 * sample(tile, x / 800 + 0.7, y / 800) > 2.35
    paint = np.where(chipped[..., None], colour("8a7960") * 0.7, paint)
    paint = paint * (0.96 - 0.24 * np.linspace(-1, 1, wide))[None, :, None]
    picture = picture.copy()
    picture[:surface, left:right] = paint
    edge = max(2, round(9 * u))
    picture[:surface, right:right + edge] = colour("2a2720") * (0.8 + 0.2 * grain[:, :1])[..., None]
    # In the water: upside down, torn by ripples, darker.
    rows = np.arange(height - surface)
    tilt = noise_tile(rng, 256, 1.2)
    y, x = np.mgrid[0:rows.size, 0:width].astype(np.float32)
    away = 1 + y / (0.10 * height)
    wave = sample(tilt, x / u / 1500 / away ** 0.3, y / u / 420) * (3 + 0.045 * y / u) * u
    source = (surface - 1 - y - 2 * wave).clip(0, surface - 1).astype(int)
    aside = (x + 0.35 * wave).clip(0, width - 1).astype(int)
    stands = ((aside >= left) & (aside < right + edge))[..., None]
    mirror = picture[:surface][source, aside] * (0.74 - 0.30 * (y / rows.size))[..., None] + colour("1c4341") * (0.10 + 0.16 * y / rows.size)[..., None]
    picture[surface:] = np.where(stands, mirror, picture[surface:])
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = np.hypot((x - (left + right) / 2) / (wide * 0.9), (y - surface) / (wide * 0.15))
    ring = np.exp(-((far - 0.66) / 0.07) ** 2) * 0.5 + np.exp(-((far - 1.05) / 0.10) ** 2) * 0.22 + np.exp(-((far - 1.6) / 0.14) ** 2) * 0.12
    shown = (y > surface - 1.5 * u) | ((x < left) | (x > right + edge))
    return picture + (ring * shown * (0.4 + 0.6 * smooth((y - surface + 30 * u) / (60 * u))))[..., None] * colour("dfe3d2")
