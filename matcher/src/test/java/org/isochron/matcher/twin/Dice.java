package org.isochron.matcher.twin;

/** Numbers that look random and are the same for the same seed. */
public final class Dice {
    private long state;

    public Dice(final long seed) {
        state = seed * 0xD6E8FEB86659FD93L;
        state = next();
    }

    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = state;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** From 0 to bound - 1. */
    public int below(final int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** From least to most, both included. */
    public long between(final long least, final long most) {
        return least + (next() >>> 1) % (most - least + 1);
    }

    /** Once in so many times. */
    public boolean oneIn(final int times) {
        return below(times) == 0;
    }

    public boolean coin() {
        return oneIn(2);
    }

    public long oneOf(final long... choices) {
        return choices[below(choices.length)];
    }

    /** Place of a choice, each as likely as its weight. */
    public int weighted(final int... weights) {
        int sum = 0;
        for (final int weight : weights) {
            sum += weight;
        }
        int rest = below(sum);
        int place = 0;
        while (rest >= weights[place]) {
            rest -= weights[place++];
        }
        return place;
    }
}
