#!/usr/bin/env bash
# Puts a Django with DRF into .django/<series>, without installing anything: Debian's packages of newer suites, unpacked.
# Without arguments: 5.2, the reference, and 6.1 where there is a Python for it.
# Suites move on, so the package of a series is looked for in all of them.
set -euo pipefail
cd "$(dirname "$0")/../.."

suites=(trixie-backports sid experimental)
packages=(python3-djangorestframework python3-asgiref python3-sqlparse python3-jinja2 python3-markupsafe)

die() { echo "django.sh: $*" >&2; exit 1; }

# Python 3.12 or newer, as Django 6 needs it.
has_new_python() {
  local python
  for python in python3 python3.{12..15} "$HOME"/.pyenv/versions/3.1[2-9].*/bin/python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && return
  done
  return 1
}

# A package list of its own, from the mirror that this machine uses.
prepare_apt() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg options='' mirror suite
  [ -f "$keyring" ] && options="[signed-by=$keyring]"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m 1 '/debian/*$') || die 'this machine has no mirror of Debian'
  mkdir -p "$work"/{lists,archives}/partial
  : >"$work/status"
  for suite in "${suites[@]}"; do echo "deb $options $mirror $suite main"; done >"$work/sources.list"
  cat >"$work/apt.conf" <<CONF
Dir::Etc::SourceList "$work/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$work/lists";
Dir::State::Status "$work/status";
Dir::Cache::Archives "$work/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Acquire::Languages "none";
$([ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";')
CONF
  APT_CONFIG="$work/apt.conf" apt-get -qq update
}

newest() { # package, start of its upstream version
  APT_CONFIG="$work/apt.conf" apt-cache madison "$1" | awk -v start="$2" '
    { upstream = $3; sub(/^[0-9]+:/, "", upstream); if (index(upstream, start) == 1) print $3 }' | sort -V | tail -n 1
}

get() { # series
  local folder=.django/$1 debs version package
  [ -f "$folder/complete" ] && return
  [ -f "$work/apt.conf" ] || prepare_apt
  version=$(newest python3-django "$1.")
  [ -n "$version" ] || { echo "django.sh: no suite of ${suites[*]} has Django $1" >&2; return 1; }
  debs=$(mktemp -d -p "$work")
  (
    cd "$debs"
    export APT_CONFIG="$work/apt.conf"
    apt-get -qq download "python3-django=$version"
    for package in "${packages[@]}"; do apt-get -qq download "$package=$(newest "$package" '')"; done
  )
  rm -rf "$folder"
  mkdir -p "$folder"
  for package in "$debs"/*.deb; do dpkg-deb -x "$package" "$folder"; done
  touch "$folder/complete"
  echo "Django $version is in $folder"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if (($#)); then
  for series in "$@"; do get "$series"; done
  exit
fi
get 5.2
if has_new_python; then
  set +e # in a condition, the subshell would go on after a failure
  (set -e; get 6.1)
  status=$?
  set -e
  ((status == 0)) || echo 'django.sh: going on without Django 6.1' >&2
fi
