"""Land as a camera sees it: for scripts/photos.

A country is a field of heights: ridges of noise with a valley in them, trees as
cones and domes upon it. For each column of the picture the heights on its line
of sight are projected, nearest first; a pixel sees the first that rises to it.
What it sees is lit by a sun, and pales in haze and in the mist of low ground.
Lengths are metres, light is linear.

The columns of heights are the voxel space of Comanche (NovaLogic, 1992), the
noise is filtered white noise (1/f^b), so that its tiles join.
"""
import numpy as np


def colour(text):
    return np.array([int(text[i:i + 2], 16) / 255 for i in (0, 2, 4)], np.float32) ** np.float32(2.2)


def ramp(stops, at):
    """Linear light between stops [(position, "rrggbb")...]."""
    places, shades = [p for p, _ in stops], np.array([colour(c) for _, c in stops])
    return np.stack([np.interp(at, places, shades[:, i]) for i in range(3)], -1).astype(np.float32)


def smooth(t):
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


# ---- tiles -------------------------------------------------------------------


def noise_tile(rng, size, fall):
    """Noise whose amplitude falls with frequency; its edges join; mean 0, deviation 1."""
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :]) * size
    frequency[0, 0] = 1
    shape = np.fft.rfft2(rng.normal(0, 1, (size, size))) / frequency ** fall
    shape[0, 0] = 0
    tile = np.fft.irfft2(shape, (size, size))
    return (tile / tile.std()).astype(np.float32)


def tree_tile(rng, size, metres, count, conifers=0.7, near=False):
    """Heights of a wood: cones and domes on a plot of so many metres, whose edges join; near ones are no turned pieces."""
    tile, scale = np.zeros((size, size), np.float32), size / metres
    for _ in range(count):
        x, y = rng.uniform(0, size, 2)
        is_fir = rng.uniform() < conifers
        tall, radius = (rng.uniform(11, 24), rng.uniform(1.9, 3.4)) if is_fir else (rng.uniform(9, 16), rng.uniform(3, 5))
        reach = int(radius * scale) + 1
        rows, columns = np.arange(int(y) - reach, int(y) + reach + 1), np.arange(int(x) - reach, int(x) + reach + 1)
        far = np.hypot(rows[:, None] - y, columns[None, :] - x) / (radius * scale)
        if near:
            around = np.arctan2(rows[:, None] - y, columns[None, :] - x)
            first, second = rng.uniform(0, 6.3, 2)
            far = far / (1 + 0.13 * np.sin(5 * around + first) + 0.10 * np.sin(8 * around + second))
        shape = tall * ((1 - far).clip(0) ** 0.9 if is_fir else np.sqrt((1 - far ** 2).clip(0)))
        where = np.ix_(rows % size, columns % size)
        tile[where] = np.maximum(tile[where], shape)
    return tile


def sample(tile, x, y):
    """A tile between its points, repeated; x and y count in tiles."""
    size = tile.shape[0]
    x, y = (x % 1) * size, (y % 1) * size
    i, j = x.astype(np.int32), y.astype(np.int32)
    u, v = (x - i).astype(np.float32), (y - j).astype(np.float32)
    i, j = i % size, j % size
    right, below = (i + 1) % size, (j + 1) % size
    return ((tile[j, i] * (1 - u) + tile[j, right] * u) * (1 - v) + (tile[below, i] * (1 - u) + tile[below, right] * u) * v)


class Village:
    """Houses with gabled roofs around a church, on a plot whose corner is at x, z."""

    METRES, SIZE = 460, 1024
    ROOFS = ("9c5a44", "8a4d3b", "a9694e", "7b655a", "94604c")

    def __init__(self, rng, x, z, count=95, slant=0.5):
        self.x, self.z = x, z
        self.high, self.roof = np.zeros((self.SIZE, self.SIZE), np.float32), np.zeros((self.SIZE, self.SIZE), np.int8)
        self.places, scale = [], self.SIZE / self.METRES
        rows, columns = np.arange(self.SIZE)[:, None] / scale, np.arange(self.SIZE)[None, :] / scale
        middle = self.METRES / 2
        self.add(rows, columns, middle, middle, slant, 10, 26, 8, 5, 3)
        self.add(rows, columns, middle - 15, middle - 8, slant, 6, 6, 24, 8, 3)
        while len(self.places) < count:
            a, b = rng.normal(middle, 88, 2)
            near = min((np.hypot(a - c, b - d) for c, d in self.places), default=99)
            if near > 19 and min(a, b) > 20 and max(a, b) < self.METRES - 20:
                turn = slant + (np.pi / 2 if rng.uniform() < 0.5 else 0) + rng.normal(0, 0.12)
                self.add(rows, columns, a, b, turn, rng.uniform(8, 10.5), rng.uniform(10, 16), rng.uniform(3.4, 6), 3.2, rng.integers(5))

    def add(self, rows, columns, a, b, turn, wide, long, wall, ridge, roof):
        self.places.append((a, b))
        u = (columns - a) * np.cos(turn) + (rows - b) * np.sin(turn)
        v = -(columns - a) * np.sin(turn) + (rows - b) * np.cos(turn)
        inside = (np.abs(u) < long / 2) & (np.abs(v) < wide / 2)
        self.high[inside] = (wall + ridge * (1 - np.abs(v) / (wide / 2)))[inside]
        self.roof[inside] = roof

    def look(self, x, z):
        i = ((z - self.z) / self.METRES * self.SIZE).astype(np.int32)
        j = ((x - self.x) / self.METRES * self.SIZE).astype(np.int32)
        here = (i >= 0) & (i < self.SIZE) & (j >= 0) & (j < self.SIZE)
        return here, np.where(here, i, 0), np.where(here, j, 0)

    def heights(self, x, z):
        here, i, j = self.look(x, z)
        return np.where(here, self.high[i, j], 0)

    def roofs(self, albedo, x, z):
        here, i, j = self.look(x, z)
        built = here & (self.high[i, j] > 0)
        shades = np.array([colour(c) for c in self.ROOFS])
        return np.where(built[..., None], shades[self.roof[i, j]], albedo), built


# ---- a country ---------------------------------------------------------------


class Country:
    """Heights and cover. `valley` is two functions of the distance, the middle of the valley and half the width of its floor; `rise` how
    far from there hills are whole; `wood` from -2 (all wooded) to 2 (bare), or a function of x and z."""

    WIDE, FINE, PLOT = 9000, 1300, 420

    def __init__(self, rng, relief=420, rough=34, valley=None, rise=1400, wood=-0.2, trees=1.0, conifers=0.75, ridged=0.6,
                 floor=0.0, gain=None, water=None, near=False):
        self.wide, self.fine = noise_tile(rng, 1024, 2.5), noise_tile(rng, 1024, 1.9)
        self.cover = noise_tile(rng, 512, 1.6)
        self.plot = tree_tile(rng, 1024, self.PLOT, 5600, conifers, near)
        self.mean = float(self.plot.mean())
        self.relief, self.rough, self.valley, self.rise = relief, rough, valley, rise
        self.wood, self.trees, self.ridged, self.floor, self.gain, self.water = wood, trees, ridged, floor, gain, water
        self.village = None

    def ground(self, x, z):
        """Heights of the soil."""
        wide = sample(self.wide, x / self.WIDE + 0.31, z / self.WIDE + 0.17)
        hills = (1 - self.ridged) * (wide * 0.5 + 0.6) + self.ridged * (1.15 - np.abs(wide))
        high = self.relief * hills + self.rough * sample(self.fine, x / self.FINE, z / self.FINE)
        if self.gain is not None:
            high = high * self.gain(x, z)
        if self.valley is not None:
            middle, half = self.valley[0](z), self.valley[1](z)
            up = smooth((np.abs(x - middle) - half) / self.rise)
            high = self.floor + (high - self.floor) * up + 0.03 * self.rough * sample(self.fine, x / 300, z / 300) * (1 - up)
        return high

    def surface(self, x, z, footprint):
        """What is seen from above: trees, or the water where the soil is below it."""
        ground = self.ground(x, z)
        top = ground + self.canopy(x, z, footprint)
        return top if self.water is None else np.where(ground < self.water, self.water, top)

    def wooded(self, x, z):
        """The share of trees, 0 to 1, with edges."""
        bare = self.wood(x, z) if callable(self.wood) else self.wood
        return smooth((sample(self.cover, x / 2600, z / 2600) + 0.35 * sample(self.cover, x / 500 + 0.4, z / 500) - bare) / 0.25)

    def canopy(self, x, z, footprint):
        """Heights of trees; where a pixel is wider than a tree, their mean."""
        coarse = smooth(footprint / 9)
        trees = sample(self.plot, x / self.PLOT, z / self.PLOT)
        high = self.trees * self.wooded(x, z) * (trees * (1 - 0.75 * coarse) + self.mean * 0.75 * coarse)
        return high if self.village is None else np.maximum(high, self.village.heights(x, z))


# ---- the camera --------------------------------------------------------------


class View:
    """What each pixel of a picture sees: x, z and height of the place; z is inf in the sky."""

    def __init__(self, country, width, height, horizon, focal, eye, near=40, far=26000, ratio=1.0032, shift=0.0):
        steps = int(np.log(far / near) / np.log(ratio))
        depth = (near * ratio ** np.arange(steps)).astype(np.float32)
        across = ((np.arange(width) - width * (0.5 + shift)) / focal).astype(np.float32)
        rows = np.arange(height, dtype=np.float32)
        place = np.full((height, width), steps, np.int32)
        for start in range(0, width, 256):
            part = across[start:start + 256]
            x, z = part[None, :] * depth[:, None], np.broadcast_to(depth[:, None], (steps, part.size))
            high = country.surface(x, z, z / focal)
            seen = np.minimum.accumulate(horizon + focal * (eye - high) / z, axis=0)
            for c in range(part.size):
                place[:, start + c] = steps - np.searchsorted(seen[::-1, c], rows, side="right")
        self.width, self.height, self.horizon, self.focal, self.eye = width, height, horizon, focal, eye
        self.sky = place >= steps
        z = depth[np.minimum(place, steps - 1)]
        self.z = np.where(self.sky, np.float32(1e9), z)
        self.x = across[None, :] * z
        self.country = country
        self.ground = country.ground(self.x, np.minimum(self.z, 1e5))
        self.wet = ~self.sky & (self.ground < country.water) if country.water is not None else np.zeros_like(self.sky)

    def light(self, sun, warm, cool, shades, snow=None):
        """The lit land: `shades` of meadow and wood, warm and cool the light of the sun and that of the sky."""
        land, z, x = self.country, np.minimum(self.z, 1e5), self.x
        foot = (z / self.focal).astype(np.float32)
        step = np.maximum(foot * 1.5, 0.6)
        trees = land.canopy(x, z, foot)
        ground = self.ground
        top = ground + trees
        slope_x = (land.ground(x + step, z) + land.canopy(x + step, z, foot) - top) / step
        slope_z = (land.ground(x, z + step) + land.canopy(x, z + step, foot) - top) / step
        size = np.sqrt(slope_x ** 2 + slope_z ** 2 + 1)
        facing = (-slope_x * sun[0] + sun[1] - slope_z * sun[2]) / size
        wooded = land.wooded(x, z)
        mottled = 1 + 0.16 * sample(land.cover, x / 90, z / 90) + 0.10 * sample(land.fine, x / 2100, z / 2100)
        meadow, wood = shades
        albedo = meadow(x, z) if callable(meadow) else np.broadcast_to(colour(meadow), (*z.shape, 3))
        albedo = albedo * (1 - wooded[..., None]) + colour(wood) * wooded[..., None]
        # Between the trees it is dark.
        depth = np.where(wooded > 0.3, 0.35 + 0.65 * smooth(trees / (1.1 * land.mean + 1e-3)), 1)
        if land.village is not None:
            albedo, built = land.village.roofs(albedo, x, z)
            albedo = np.where((built & (size > 2.2))[..., None], colour("cfc5b2"), albedo)  # walls
            depth = np.where(built, 1, depth)
        if snow is not None:
            dusted = 0.45 * smooth(0.5 + 0.5 * sample(land.fine, x / 23, z / 23)) * smooth((trees - 5) / 10)
            lying = np.where(wooded > 0.3, dusted, smooth((1 / size - snow) / 0.2))
            albedo = albedo * (1 - lying[..., None]) + colour("eef2f4") * lying[..., None]
        lit = facing.clip(0)[..., None] * colour(warm) * 1.5 + (0.35 + 0.65 / size)[..., None] * colour(cool)
        return albedo * lit * (mottled * depth)[..., None]

    def haze(self, light, sky, air, far, low=None, banks=None):
        """Air: what is far is of its colour; mist lies on low ground: (height, thickness in metres of sight)."""
        z = np.minimum(self.z, 1e6)
        thick = z / far
        if low is not None:
            level, sight = low
            drift = 1.0 if banks is None else banks
            # Of the line of sight, the part below the level of the mist.
            fall = np.abs(self.eye - self.ground) + 1e-3
            share = np.where(self.eye > level, ((level - self.ground) / fall).clip(0, 1), 1.0)
            thick = thick + z * share / sight * drift
        through = np.exp(-thick)[..., None].astype(np.float32)
        return np.where(self.sky[..., None], sky, light * through + air * (1 - through))


def mirrored(rng, view, above, waves=0.012, length=(2.4, 0.9), depths="1d3f42", taps=9):
    """Water: what stands above each column's shore, upside down. Waves tilt the mirror; those smaller than a pixel
    blur it; the steeper one looks, the more of the depths one sees."""
    height, width = view.height, view.width
    rows = np.arange(height)[:, None]
    shore = np.where(view.wet.any(0), view.wet.argmax(0), height)[None, :]
    below = (rows - view.horizon).clip(1.0)
    z = (view.eye - view.country.water) * view.focal / below
    x = (np.arange(width) - width / 2)[None, :] * z / view.focal
    tile = noise_tile(rng, 512, 1.35)
    resolved = smooth(length[1] * 3 / (z * z / (view.focal * (view.eye - view.country.water))))
    swell = sample(tile, x / (length[0] * 40), z / (length[1] * 40) + 0 * x)
    ripple = sample(tile, x / (length[0] * 11) + 0.3, z / (length[1] * 11) + 0 * x)
    tilt = (0.55 * swell + 0.45 * ripple) * resolved
    total = np.zeros_like(above)
    draw = np.linspace(-1.6, 1.6, taps)
    for k in range(taps):
        shift = 2 * view.focal * waves * (tilt + (1 - 0.75 * resolved) * draw[k] * 0.8)
        source = (2 * shore - rows + shift - 1).clip(0, np.maximum(shore - 1, 0))
        total += above[np.round(source).astype(np.int32), np.arange(width)[None, :]]
    steep = np.arctan(below / view.focal) - 1.2 * waves * tilt
    share = (0.03 + 0.97 * (1 - np.sin(steep.clip(0, 1.4))) ** 5)[..., None]
    return total / taps * share + colour(depths) * (1 - share)
