//! Inputs made of seeds, the same in every run.

/// Longest input.
const INPUT_MAX: usize = 4096;
/// What the lexer, the files and the protocol act on.
const TOKENS: &[&[u8]] = &[
    b"\"",
    b"#",
    b"\\",
    b"=",
    b"\n",
    b"\r\n",
    b" ",
    b"\t",
    b"[",
    b"]",
    b":",
    b"@",
    b"\0",
    b"\xff",
    b"\xc3\xa9",
    b"\x7f",
    b"\\\n",
    b"\"\"",
    b" = ",
    b"\n[",
    b"lab1",
    b"ups.status",
    b"OB LB",
    b"-1",
    b"99999999999999999999",
    b"LIST VAR ",
    b"\n1GET VAR lab1 ",
    b"\naSETINFO ",
    b"\nt17\n",
    b"\nr2\n",
    b"SETFLAGS ",
    b" RW STRING",
    b"TRACKING",
    b"password",
];

/// Makes inputs of seeds.
pub(crate) struct Mutator<'s> {
    seeds: &'s [Vec<u8>],
    state: u64,
}

impl<'s> Mutator<'s> {
    /// Always begins alike.
    pub(crate) fn new(seeds: &'s [Vec<u8>]) -> Self {
        let state = 0x5eed_0f10_c4a0_7001;
        Self { seeds, state }
    }

    /// Begins as this number says, which is not 0.
    pub(crate) fn beginning_at(seeds: &'s [Vec<u8>], state: u64) -> Self {
        Self { seeds, state }
    }

    /// A seed with up to eight changes.
    pub(crate) fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.seed().to_vec();
        for _ in 0..=self.below(8) {
            self.change(&mut input);
        }
        input.truncate(INPUT_MAX);
        input
    }

    fn seed(&mut self) -> &'s [u8] {
        let at = self.below(self.seeds.len());
        &self.seeds[at]
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = (at + self.below(24)).min(input.len());
        match self.below(8) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = u8::try_from(self.below(256)).unwrap(),
            2 => drop(input.drain(at..end)),
            3 => {
                let again = input[at..end].to_vec();
                let times = self.below(40);
                input.splice(at..at, again.repeat(times));
            }
            4 => {
                let other = self.seed();
                let from = self.below(other.len() + 1);
                let till = (from + self.below(80)).min(other.len());
                input.splice(at..at, other[from..till].iter().copied());
            }
            5 if self.below(4) == 0 => input.truncate(at),
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                input.splice(at..at, token.iter().copied());
            }
        }
    }

    /// A number below `limit`, which is not 0 (xorshift64*).
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let high = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap() % limit
    }
}
