//! What every view is drawn with: theme, measures, words, and whether things move.

use egui::{
    Color32, Context, FontFamily, FontId, Stroke, TextureHandle, TextureId, TextureOptions, Vec2,
};

use super::kit::{pebble, ring};
use super::theme::{Face, Measure, Motion, Name, Space, Theme};
use super::words::{Language, Words};

/// Pictures that forms take their colours from. Where the processor paints, a point of them costs less than one of the
/// letters' picture: it is taken as it is, not mixed from four.
pub struct Paints {
    line: TextureHandle,
    shades: TextureHandle,
}

impl Paints {
    fn new(ctx: &Context, theme: &Theme) -> Self {
        let load = |name, picture| ctx.load_texture(name, picture, TextureOptions::NEAREST);
        Self {
            line: load("line", ring::picture()),
            shades: load("shades", pebble::picture(theme)),
        }
    }
}

/// The look of the app, handed to every view.
pub struct Look {
    /// Colours.
    pub theme: Theme,
    /// Distances, type, corners, times.
    pub measure: Measure,
    /// Every word that a person sees.
    pub words: &'static Words,
    /// The language of the words.
    pub language: Language,
    /// Nothing grows, fades or slides.
    pub still: bool,
    /// Captions in large type.
    pub large_captions: bool,
    /// The studio's colour in the place of dusk, where it has one that can be read.
    pub accent: Option<Color32>,
    /// The studio's logo.
    pub logo: Option<TextureHandle>,
    /// The colours of forms, once there is a window ([`Look::line`], [`Look::shades`]).
    pub paints: Option<Paints>,
}

impl Look {
    /// A look from the built-in files.
    pub fn built_in(name: Name, language: Language) -> Self {
        Self {
            theme: Theme::built_in(name),
            measure: Measure::built_in(),
            words: Words::of(language),
            language,
            still: false,
            large_captions: false,
            accent: None,
            logo: None,
            paints: None,
        }
    }

    /// The picture across the line of a ring.
    pub fn line(&self) -> TextureId {
        self.paint(|paints| &paints.line)
    }

    /// The picture of the pacer's layers.
    pub fn shades(&self) -> TextureId {
        self.paint(|paints| &paints.shades)
    }

    fn paint(&self, of: impl FnOnce(&Paints) -> &TextureHandle) -> TextureId {
        self.paints
            .as_ref()
            .map_or_else(TextureId::default, |paints| of(paints).id())
    }

    /// Distances.
    pub fn space(&self) -> &Space {
        &self.measure.space
    }

    /// How long movements take; all but a touch are nothing when things are still.
    pub fn motion(&self) -> Motion {
        let motion = self.measure.motion;
        if self.still {
            Motion {
                touch: motion.touch,
                shift: 0.0,
                page: 0.0,
                tide: 0.0,
                bridge: 0.0,
            }
        } else {
            motion
        }
    }

    /// The colour of relaxation, of links and of the filled button: the studio's, or dusk.
    pub fn accent(&self) -> Color32 {
        self.accent.unwrap_or(self.theme.dusk.0)
    }

    /// The border that the contrast theme gives to surfaces, and the others do not.
    pub fn outline(&self) -> Stroke {
        if self.theme.contrast {
            Stroke::new(self.measure.line.border, self.theme.line.0)
        } else {
            Stroke::NONE
        }
    }

    /// Makes egui's own parts (scroll bars, text selection, hover texts) and the pictures follow the look.
    pub fn install(&mut self, ctx: &Context) {
        self.paints = Some(Paints::new(ctx, &self.theme));
        let theme = &self.theme;
        ctx.set_theme(if theme.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
        ctx.all_styles_mut(|style| {
            style.spacing.item_spacing = Vec2::ZERO;
            style.spacing.scroll = egui::style::ScrollStyle {
                bar_width: self.space().tight,
                foreground_color: true,
                ..egui::style::ScrollStyle::floating()
            };
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.6;
            style.animation_time = self.motion().touch / 1000.0;
            for family in style.text_styles.values_mut() {
                *family = font(&self.measure.face.label);
            }
            let visuals = &mut style.visuals;
            visuals.dark_mode = theme.dark;
            visuals.panel_fill = theme.ground.0;
            visuals.window_fill = theme.raised.0;
            visuals.window_stroke = self.outline();
            visuals.extreme_bg_color = theme.sunk.0;
            visuals.faint_bg_color = theme.sunk.0;
            visuals.override_text_color = Some(theme.ink.0);
            visuals.selection.bg_fill = theme.wash_dusk.0;
            visuals.selection.stroke = Stroke::new(1.0, theme.ink.0);
            visuals.text_cursor.stroke = Stroke::new(2.0, theme.focus.0);
            visuals.popup_shadow = egui::epaint::Shadow {
                offset: [0, 8],
                blur: 32,
                spread: 0,
                color: theme.shade.0,
            };
            visuals.menu_corner_radius = egui::CornerRadius::same(self.measure.radius.input as u8);
            for widget in [
                &mut visuals.widgets.noninteractive,
                &mut visuals.widgets.inactive,
                &mut visuals.widgets.hovered,
                &mut visuals.widgets.active,
                &mut visuals.widgets.open,
            ] {
                widget.bg_fill = theme.line.0;
                widget.weak_bg_fill = theme.sunk.0;
                widget.bg_stroke = self.outline();
                widget.fg_stroke = Stroke::new(1.0, theme.line.0);
            }
        });
    }
}

/// The font of a face.
pub fn font(face: &Face) -> FontId {
    FontId::new(face.size, FontFamily::Name(face.family.as_str().into()))
}
