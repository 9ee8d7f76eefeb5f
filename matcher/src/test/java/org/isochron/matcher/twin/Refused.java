package org.isochron.matcher.twin;

import org.isochron.codecs.RejectCode;

/** A request has no effect: thrown by the first check that it fails. */
final class Refused extends RuntimeException {
    static final int NO_FIELD = 65_535;

    private static final long serialVersionUID = 1L;

    final RejectCode code;
    final int fieldId;
    final long value;
    final long limit;

    Refused(final RejectCode code, final int fieldId, final long value, final long limit) {
        super(code.name(), null, false, false);
        this.code = code;
        this.fieldId = fieldId;
        this.value = value;
        this.limit = limit;
    }

    static void when(final boolean fails, final RejectCode code) {
        when(fails, code, NO_FIELD, Line.NONE, Line.NONE);
    }

    static void when(final boolean fails, final RejectCode code, final int fieldId, final long value) {
        when(fails, code, fieldId, value, Line.NONE);
    }

    static void when(
            final boolean fails, final RejectCode code, final int fieldId, final long value, final long limit) {
        if (fails) {
            throw new Refused(code, fieldId, value, limit);
        }
    }
}
