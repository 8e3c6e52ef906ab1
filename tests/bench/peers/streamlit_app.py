"""Peer: the same map in Streamlit, which runs this script at each change."""

from __future__ import annotations

import streamlit as st

from tests.bench.peers.figure import district_map
from tests.bench.peers.question import MENUS, boundaries, opened, people_by_district

st.set_page_config(layout="wide")
release, districts = st.cache_resource(opened)(), st.cache_resource(boundaries)()
chosen = {menu: [code for code in codes if st.checkbox(code)] for menu, (codes, _) in MENUS.items()}
st.plotly_chart(district_map(people_by_district(release, chosen), districts))
