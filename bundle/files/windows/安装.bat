@echo off
rem ASCII only: cmd reads this file in the code page of the machine. Its messages stand in scripts.
setlocal EnableExtensions DisableDelayedExpansion
set "FOUND=py -3"
%FOUND% -c "" >nul 2>nul
if "%errorlevel%"=="0" goto found
set "FOUND=python"
%FOUND% -c "" >nul 2>nul
if "%errorlevel%"=="0" goto found
set "FOUND=python3"
%FOUND% -c "" >nul 2>nul
if "%errorlevel%"=="0" goto found
type "%~dp0scripts\no-python.txt"
set "CODE=1"
goto end

:found
%FOUND% "%~dp0scripts\start.py"
set "CODE=%errorlevel%"

:end
pause
exit /b %CODE%
