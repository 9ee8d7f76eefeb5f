package org.isochron.matcher.venue;

import org.isochron.codecs.BusinessRejectEncoder;
import org.isochron.codecs.RejectCode;

/** Why a request has no effect: the code, and where they help the field, its value and the limit. Reused. */
final class Refusal {
    static final int NO_FIELD = BusinessRejectEncoder.refFieldIdNullValue();
    static final long NO_VALUE = BusinessRejectEncoder.refValueNullValue();

    RejectCode code;
    int fieldId;
    long value;
    long limit;

    /** @return true, so that a check can say {@code return refusal.of(...)}: yes, it is refused. */
    boolean of(final RejectCode code, final int fieldId, final long value, final long limit) {
        this.code = code;
        this.fieldId = fieldId;
        this.value = value;
        this.limit = limit;
        return true;
    }

    boolean of(final RejectCode code, final int fieldId, final long value) {
        return of(code, fieldId, value, NO_VALUE);
    }

    boolean of(final RejectCode code) {
        return of(code, NO_FIELD, NO_VALUE, NO_VALUE);
    }
}
