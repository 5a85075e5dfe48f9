/// The remaining budget of a search, in elements or 64-bit words looked at. It is not a clock, so
/// that the same question has the same answer on every machine.
pub(super) struct Effort(pub usize);

impl Effort {
    /// Takes `steps` off. Returns `false` if not that many are left, and from then on.
    pub fn spend(&mut self, steps: usize) -> bool {
        self.0 = self.0.saturating_sub(steps.max(1));
        !self.is_spent()
    }

    pub fn is_spent(&self) -> bool {
        self.0 == 0
    }
}
