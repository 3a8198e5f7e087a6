"""Which inquiry an offer names."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def named_once(inquiries: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell for each row of inquiries whether its number means one inquiry only.

    A running number that restarts each year names several inquiries; an offer with that number tells none of them
    apart, and answers none for certain.

    Parameters
    ----------
    inquiries : pandas.DataFrame
        With ``inquiry_id`` and ``received_on``; the rows of an inquiry in several regions share both.

    Returns
    -------
    array of bool, shape (rows,)
    """
    own = inquiries["inquiry_id"].astype("string")
    single = (inquiries.groupby(own)["received_on"].nunique() <= 1).reindex(own, fill_value=False)
    return single.to_numpy(dtype=bool)
