//! The accent colour as it can be read: one shade for light pages, one for dark ones.
//!
//! An editor chooses any colour; WCAG 2.2 asks 4.5:1 between text and what is behind it (success criterion 1.4.3). The
//! chosen colour keeps its hue and loses or gains lightness until it has that.

/// The darkest surface of a light page and the lightest of a dark one that accent-coloured text may stand on.
const LIGHT_SURFACE: Rgb = Rgb(0xf1, 0xef, 0xea);
const DARK_SURFACE: Rgb = Rgb(0x2a, 0x2d, 0x33);

/// WCAG's ratio for text, and a little for rounding.
const RATIO: f64 = 4.6;

/// Where a colour cannot be read as `#rrggbb`.
const DEFAULT: Rgb = Rgb(0x8a, 0x3b, 0x12);

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

/// The custom properties that the style sheet is given: a colour for text and fills, and one for text on the fill.
#[must_use]
pub(super) fn custom_properties(accent: &str) -> String {
    let chosen = Rgb::parse(accent).unwrap_or(DEFAULT);
    let light = chosen.readable_on(LIGHT_SURFACE, -0.01);
    let dark = chosen.readable_on(DARK_SURFACE, 0.01);
    format!(
        ":root{{--accent-light:{};--on-accent-light:{};--accent-dark:{};--on-accent-dark:{}}}\n",
        light.hex(),
        light.text().hex(),
        dark.hex(),
        dark.text().hex()
    )
}

impl Rgb {
    fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Rgb(byte(0)?, byte(2)?, byte(4)?))
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let Rgb(red, green, blue) = self;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(self, other: Rgb) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// White or nearly black, whichever is read better on this colour.
    fn text(self) -> Rgb {
        let (white, black) = (Rgb(255, 255, 255), Rgb(0x14, 0x14, 0x14));
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }

    /// The colour with as little change of lightness as makes it readable.
    fn readable_on(self, surface: Rgb, step: f64) -> Rgb {
        let (mut lightness, a, b) = self.oklab();
        let mut shade = self;
        while shade.contrast(surface) < RATIO && (0.0..=1.0).contains(&lightness) {
            lightness += step;
            shade = Rgb::of_oklab(lightness, a, b);
        }
        shade
    }

    /// Lightness and two opponent colours (Oklab), in which lightness can change while the hue stays.
    fn oklab(self) -> (f64, f64, f64) {
        let (r, g, b) = (linear(self.0), linear(self.1), linear(self.2));
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        (
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        )
    }

    /// A colour of Oklab; with less chroma where sRGB has none as strong.
    fn of_oklab(lightness: f64, a: f64, b: f64) -> Rgb {
        let mut chroma = 1.0;
        loop {
            let (red, green, blue) = linear_of_oklab(lightness, a * chroma, b * chroma);
            let inside = [red, green, blue].iter().all(|value| (-0.0005..=1.0005).contains(value));
            if inside || chroma <= 0.0 {
                return Rgb(gamma(red), gamma(green), gamma(blue));
            }
            chroma -= 0.02;
        }
    }
}

fn linear_of_oklab(lightness: f64, a: f64, b: f64) -> (f64, f64, f64) {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    (
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    )
}

/// A channel in light (IEC 61966-2-1).
fn linear(byte: u8) -> f64 {
    let value = f64::from(byte) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn gamma(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_can_be_read_in_both_modes() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let chosen = Rgb(red, green, blue);
                    for (surface, step) in [(LIGHT_SURFACE, -0.01), (DARK_SURFACE, 0.01)] {
                        let shade = chosen.readable_on(surface, step);
                        assert!(shade.contrast(surface) >= 4.5, "{chosen:?} became {shade:?}");
                        assert!(shade.contrast(shade.text()) >= 4.5, "text on {shade:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_was_chosen() {
        assert_eq!(Rgb(0x8a, 0x3b, 0x12).readable_on(LIGHT_SURFACE, -0.01), Rgb(0x8a, 0x3b, 0x12));
        assert_eq!(Rgb::parse("#0A64c8"), Some(Rgb(10, 100, 200)));
        for odd in ["red", "#fff", "#12345g", "", "#é1234", "}body{"] {
            assert_eq!(Rgb::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((Rgb(0, 0, 0).contrast(Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((Rgb(0x76, 0x76, 0x76).contrast(Rgb(255, 255, 255)) - 4.54).abs() < 0.01);
    }
}
